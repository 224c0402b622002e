package banking.account;

import banking.account.AccountCommand.ExpireHold;
import banking.account.AccountCommand.OpenAccount;
import banking.events.AccountEvent;
import banking.events.CommandId;
import banking.events.StreamId;
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
            AccountAnswer.class,
            AccountAnswer.Amount.class,
        })
public class AccountType implements AggregateType<Account, AccountCommand, AccountEvent> {

    public static final AccountType ACCOUNT = new AccountType();

    private final StateFormat<Account> format = new StateFormat<>(Account.class);

    AccountType() {}

    @Produces
    @Singleton
    static AccountType account() {
        return ACCOUNT;
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
