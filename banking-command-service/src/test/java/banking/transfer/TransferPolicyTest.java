package banking.transfer;

import static banking.account.AccountType.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import banking.account.AccountCommand.CompleteTransfer;
import banking.account.AccountCommand.ReceiveTransfer;
import banking.account.AccountCommand.RefundTransfer;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRequested;
import banking.events.CommandId;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.Money;
import banking.events.StreamId;
import banking.events.TransferId;
import banking.pipeline.Rejection;
import banking.policy.Reaction;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransferPolicyTest {

    private static final StreamId SOURCE = new StreamId(new UUID(0, 1));
    private static final StreamId TARGET = new StreamId(new UUID(0, 2));
    private static final TransferId TRANSFER = new TransferId(new UUID(0, 3));
    private static final Money FIVE = new Money(500, Currency.getInstance("EUR"));

    private final TransferPolicy policy = new TransferPolicy();

    @Test
    void what_the_source_has_paid_the_target_is_given() {
        var reaction = only(SOURCE, new TransferRequested(TRANSFER, TARGET, FIVE, FIVE, "rent"));

        assertThat(reaction.type()).isEqualTo(ACCOUNT);
        assertThat(reaction.streamId()).isEqualTo(TARGET);
        assertThat(reaction.command())
                .isEqualTo(new ReceiveTransfer(TRANSFER, SOURCE, FIVE, "rent"));
    }

    @Test
    void what_the_target_does_not_take_the_source_gets_back() {
        var refused = only(SOURCE, new TransferRequested(TRANSFER, TARGET, FIVE, FIVE, null));

        var instead =
                Objects.requireNonNull(refused.onRejection())
                        .apply(new Rejection("account-closed", "The account is closed."));

        assertThat(instead)
                .singleElement()
                .satisfies(
                        refund -> {
                            assertThat(refund.streamId()).isEqualTo(SOURCE);
                            assertThat(refund.command())
                                    .isEqualTo(new RefundTransfer(TRANSFER, "account-closed"));
                            assertThat(refund.onRejection()).isNull();
                        });
    }

    @Test
    void once_the_target_has_it_the_source_is_told() {
        var reaction = only(TARGET, new TransferReceived(TRANSFER, SOURCE, FIVE, FIVE, null));

        assertThat(reaction.streamId()).isEqualTo(SOURCE);
        assertThat(reaction.command()).isEqualTo(new CompleteTransfer(TRANSFER));
    }

    private Reaction<?, ?, ?> only(StreamId stream, Event event) {
        List<Reaction<?, ?, ?>> reactions =
                policy.react(
                        new Envelope<>(
                                stream,
                                7,
                                event,
                                "correlation",
                                new CommandId(new UUID(0, 9)),
                                "teller",
                                Instant.EPOCH,
                                null));
        assertThat(reactions).hasSize(1);
        return reactions.getFirst();
    }
}
