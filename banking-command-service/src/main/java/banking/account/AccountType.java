package banking.account;

import banking.events.AccountEvent;
import banking.pipeline.AggregateType;
import banking.pipeline.StateFormat;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The account, as the pipeline knows it; its states and commands are written as JSON. */
@RegisterForReflection(
        targets = {
            Account.NotOpened.class,
            Account.Open.class,
            Account.Frozen.class,
            Account.Closed.class,
            AccountAnswer.class,
            AccountAnswer.Amount.class,
        })
final class AccountType {

    static final AggregateType<Account, AccountCommand, AccountEvent> ACCOUNT =
            new AggregateType<>(
                    "account",
                    AccountEvent.class,
                    new StateFormat<>(Account.class),
                    new Account.NotOpened(),
                    Account::decide,
                    Account::evolve,
                    AccountAnswer::of);

    private AccountType() {}

    @Produces
    @Singleton
    static AggregateType<Account, AccountCommand, AccountEvent> account() {
        return ACCOUNT;
    }
}
