package banking.pipeline;

import static banking.account.AccountType.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Contexts;
import banking.account.AccountCommand;
import banking.account.AccountCommand.CompleteTransfer;
import banking.account.AccountCommand.DepositMoney;
import banking.account.AccountCommand.WithdrawMoney;
import banking.aggregate.Outcome;
import banking.events.CommandId;
import banking.events.Currency;
import banking.events.Money;
import banking.events.StreamId;
import banking.events.TransferId;
import banking.security.Caller;
import banking.security.Role;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Authorise, validate, decide, commit, publish: each only after the one before. */
@CommandServiceTest
class PipelineStepsTest {

    private static final Currency EUR = new Currency("EUR");
    private static final Money NOTHING = Money.zero(EUR);
    private static final Caller OPERATOR = new Caller("test", Set.of(Role.OPERATOR), null);
    private static final Caller TELLER = new Caller("test", Set.of(Role.TELLER), null);

    @Inject CommandPipeline pipeline;

    private Outcome give(String id, AccountCommand command, Caller caller) {
        var context = CommandContext.once(new CommandId(UUID.randomUUID()), "test", caller, null);
        return pipeline.execute(ACCOUNT, StreamId.fromString(id), command, context)
                .toCompletableFuture()
                .join();
    }

    @Test
    void who_may_not_is_told_so_whatever_the_command_says() {
        var account = Bank.open("1.00");

        for (var amount : List.of(NOTHING, new Money(1, EUR))) {
            assertThatThrownBy(() -> give(account, new DepositMoney(amount, null), OPERATOR))
                    .hasMessageContaining("test may not give DepositMoney");
        }
        assertThatThrownBy(
                        () ->
                                give(
                                        account,
                                        new CompleteTransfer(new TransferId(UUID.randomUUID())),
                                        TELLER))
                .hasMessageContaining("test may not give CompleteTransfer");
        assertThat(Bank.journal(account)).hasSize(2);
    }

    @Test
    void what_cannot_be_asked_is_not_decided_whoever_asks() {
        var nobodys = UUID.randomUUID().toString();
        for (var caller : List.of(TELLER, Contexts.ANYBODY)) {
            assertThatThrownBy(() -> give(nobodys, new WithdrawMoney(NOTHING, null), caller))
                    .hasMessageContaining("no such command can be given: WithdrawMoney");
        }
    }

    @Test
    void what_is_refused_is_not_committed_and_what_is_committed_is_published() {
        var account = Bank.open("1.00");

        assertThat(give(account, new WithdrawMoney(new Money(101, EUR), null), TELLER))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(Bank.topic(account)).hasSize(2);
        assertThat(give(account, new WithdrawMoney(new Money(100, EUR), null), TELLER))
                .isInstanceOf(Outcome.Done.class);
        assertThat(Bank.topic(account)).hasSize(3);
    }
}
