package banking.account;

import banking.aggregate.AggregateType;
import banking.aggregate.StateFormat;
import banking.events.AccountEvent;
import banking.events.AccountId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The account, as the bank knows it; its states are written as JSON. */
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
            Spent.class,
            Limits.class,
            AccountCommand.OpenAccount.class,
            AccountCommand.DepositMoney.class,
            AccountCommand.WithdrawMoney.class,
            AccountCommand.RequestTransfer.class,
            AccountCommand.PlaceHold.class,
            AccountCommand.FreezeAccount.class,
            AccountCommand.UnfreezeAccount.class,
            AccountCommand.ChangeOverdraftLimit.class,
            AccountAnswer.class,
            AccountAnswer.Amount.class,
        })
public final class AccountType {

    @Produces @Singleton
    public static final AggregateType<Account, AccountCommand, AccountEvent> ACCOUNT =
            AggregateType.of(
                            AccountEvent.class,
                            AccountId::new,
                            new StateFormat<>(
                                    Account.class,
                                    List.of(
                                            Account.NotOpened.class,
                                            Account.Open.class,
                                            Account.Frozen.class,
                                            Account.Closed.class)),
                            new Account.NotOpened(),
                            Account::decide,
                            Account::evolve,
                            AccountAnswer::of)
                    .withCommands(
                            List.of(
                                    AccountCommand.OpenAccount.class,
                                    AccountCommand.DepositMoney.class,
                                    AccountCommand.WithdrawMoney.class,
                                    AccountCommand.FreezeAccount.class,
                                    AccountCommand.UnfreezeAccount.class,
                                    AccountCommand.ChangeOverdraftLimit.class,
                                    AccountCommand.CloseAccount.class,
                                    AccountCommand.RequestTransfer.class,
                                    AccountCommand.ReceiveTransfer.class,
                                    AccountCommand.CompleteTransfer.class,
                                    AccountCommand.RefundTransfer.class,
                                    AccountCommand.PlaceHold.class,
                                    AccountCommand.CaptureHold.class,
                                    AccountCommand.ReleaseHold.class,
                                    AccountCommand.ExpireHold.class),
                            AccountCommand::isSound)
                    .withApproved(AccountCommand::approved)
                    .withMoved(AccountCommand::moved)
                    .withRefusals(AccountRefusal.values())
                    .withReferences(Account::references)
                    .withClaimsForGood(TransferEnd::claims, AccountRefusal.TRANSFER_END_TAKEN)
                    .withDue(Account::due)
                    .withOwner((_, account) -> Account.customer(account))
                    .withPersonal(Account::personal);

    private AccountType() {}
}
