package banking.account;

import banking.account.AccountCommand.ExpireHold;
import banking.account.AccountCommand.OpenAccount;
import banking.events.AccountEvent;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRefunded;
import banking.events.CommandId;
import banking.events.StreamId;
import banking.events.TransferId;
import banking.journal.Claim;
import banking.pipeline.AggregateType;
import banking.pipeline.Decision;
import banking.pipeline.Due;
import banking.pipeline.NameBasedId;
import banking.pipeline.Reference;
import banking.pipeline.StateFormat;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The account, as the pipeline knows it; its states are written as JSON. */
@RegisterForReflection(
        targets = {
            Account.NotOpened.class,
            Account.Open.class,
            Account.Frozen.class,
            Account.Closed.class,
            Funds.class,
            Funds.Hold.class,
            Funds.Outgoing.class,
            Turnover.class,
            AccountAnswer.class,
            AccountAnswer.Amount.class,
        })
public class AccountType implements AggregateType<Account, AccountCommand, AccountEvent> {

    public static final AccountType ACCOUNT = new AccountType();

    /** The code of what would end a transfer that has ended otherwise. */
    public static final String TRANSFER_HAS_ENDED = "transfer-end-taken";

    private static final String TRANSFER_END = "transfer-end";

    private final StateFormat<Account> format =
            new StateFormat<>(
                    Account.class,
                    List.of(
                            Account.NotOpened.class,
                            Account.Open.class,
                            Account.Frozen.class,
                            Account.Closed.class));

    AccountType() {}

    /**
     * For who asks for all types. With this in it, the type itself would be a bean too: a second
     * one.
     */
    static final class Bean {

        private Bean() {}

        @Produces
        @Singleton
        static AccountType account() {
            return ACCOUNT;
        }
    }

    @Override
    public String name() {
        return "account";
    }

    @Override
    public Class<AccountEvent> eventType() {
        return AccountEvent.class;
    }

    @Override
    public StateFormat<Account> format() {
        return format;
    }

    @Override
    public Account initial() {
        return new Account.NotOpened();
    }

    @Override
    public Decision<AccountEvent> decide(Account state, AccountCommand command) {
        return Account.decide(state, command);
    }

    @Override
    public Account evolve(Account state, AccountEvent event) {
        return Account.evolve(state, event);
    }

    @Override
    public List<Reference> references(AccountCommand command) {
        return command instanceof OpenAccount open && open.customerId() != null
                ? List.of(new Reference("customer", open.customerId()))
                : List.of();
    }

    /** A transfer ends once: its target has the money, or its source has it back. */
    @Override
    public Set<Claim> claimsForGood(AccountEvent event) {
        if (event instanceof TransferReceived received) {
            return Set.of(end(received.transferId()));
        }
        return event instanceof TransferRefunded refunded
                ? Set.of(end(refunded.transferId()))
                : Set.of();
    }

    static Claim end(TransferId id) {
        return new Claim(TRANSFER_END, id.toString());
    }

    /** The hold that expires first. */
    @Override
    public @Nullable Due<AccountCommand> due(Account state) {
        return switch (state) {
            case Account.Open(_, _, var funds) -> due(funds);
            case Account.Frozen(var account) -> due(account.funds());
            case Account.NotOpened _, Account.Closed _ -> null;
        };
    }

    private static @Nullable Due<AccountCommand> due(Funds funds) {
        return funds.holds().stream()
                .min(Comparator.comparing(Funds.Hold::expiresAt))
                .map(
                        hold ->
                                new Due<AccountCommand>(
                                        hold.expiresAt(),
                                        new CommandId(NameBasedId.of("expire/" + hold.id())),
                                        new ExpireHold(hold.id())))
                .orElse(null);
    }

    @Override
    public Object answer(StreamId id, long version, Account state) {
        return AccountAnswer.of(id, version, state);
    }
}
