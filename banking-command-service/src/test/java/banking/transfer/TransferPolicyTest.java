package banking.transfer;

import static banking.account.AccountType.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import banking.account.AccountCommand.CompleteTransfer;
import banking.account.AccountCommand.ReceiveTransfer;
import banking.account.AccountCommand.RefundTransfer;
import banking.account.AccountRefusal;
import banking.aggregate.Rejection;
import banking.events.AccountEvent.TransferRequested;
import banking.events.AccountId;
import banking.events.CommandId;
import banking.events.Currency;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.Money;
import banking.events.TransferId;
import banking.policy.Reaction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransferPolicyTest {

    private static final AccountId SOURCE = new AccountId(new UUID(0, 1));
    private static final AccountId TARGET = new AccountId(new UUID(0, 2));
    private static final TransferId TRANSFER = new TransferId(new UUID(0, 3));
    private static final Money FIVE = new Money(500, new Currency("EUR"));

    @Test
    void what_the_source_has_paid_the_target_is_given_and_then_the_source_is_told() {
        var reactions = reactions();

        assertThat(reactions).allMatch(reaction -> reaction.type().equals(ACCOUNT));
        assertThat(reactions)
                .extracting(Reaction::streamId)
                .containsExactly(TARGET.stream(), SOURCE.stream());
        assertThat(reactions)
                .<Object>extracting(Reaction::command)
                .containsExactly(
                        new ReceiveTransfer(TRANSFER, SOURCE, FIVE, "rent"),
                        new CompleteTransfer(TRANSFER));
    }

    @Test
    void what_the_target_does_not_take_the_source_gets_back() {
        var instead =
                Objects.requireNonNull(reactions().getFirst().onRejection())
                        .apply(
                                new Rejection(
                                        AccountRefusal.ACCOUNT_CLOSED, "The account is closed."));

        assertThat(instead)
                .singleElement()
                .satisfies(
                        refund -> {
                            assertThat(refund.streamId()).isEqualTo(SOURCE.stream());
                            assertThat(refund.command())
                                    .isEqualTo(
                                            new RefundTransfer(
                                                    TRANSFER, AccountRefusal.ACCOUNT_CLOSED));
                            assertThat(refund.onRejection()).isNull();
                            assertThat(refund.settledBy())
                                    .containsExactly(AccountRefusal.TRANSFER_END_TAKEN);
                        });
    }

    /** A transfer that has ended is neither credited again nor refunded. */
    @Test
    void what_has_ended_already_is_no_reason_to_give_anything_back() {
        assertThat(reactions().getFirst().settledBy())
                .containsExactly(AccountRefusal.TRANSFER_END_TAKEN);
    }

    @Test
    void no_transfer_waits_for_another_of_the_same_account() {
        assertThat(TransferPolicy.TRANSFERS.matter(requested())).isEqualTo(TRANSFER.value());
    }

    private List<Reaction<?, ?, ?>> reactions() {
        return TransferPolicy.TRANSFERS.react(requested());
    }

    private static Envelope<Event> requested() {
        return new Envelope<>(
                SOURCE.stream(),
                7,
                new TransferRequested(TRANSFER, TARGET, FIVE, FIVE, "rent"),
                "correlation",
                new CommandId(new UUID(0, 9)),
                "teller",
                Instant.EPOCH,
                null,
                null);
    }
}
