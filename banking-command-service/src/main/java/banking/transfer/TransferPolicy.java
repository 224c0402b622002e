package banking.transfer;

import static banking.account.AccountType.ACCOUNT;
import static banking.policy.Reaction.give;

import banking.account.AccountCommand.CompleteTransfer;
import banking.account.AccountCommand.ReceiveTransfer;
import banking.account.AccountCommand.RefundTransfer;
import banking.account.AccountRefusal;
import banking.aggregate.Rejection;
import banking.events.AccountEvent.TransferRequested;
import banking.events.AccountId;
import banking.events.Envelope;
import banking.events.TransferId;
import banking.policy.Policy;
import banking.policy.Reaction;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Brings a transfer to its one end: what its source has paid, the target is given, and where it
 * does not take it, the source gets it back. Whichever comes first is the end for good, whatever is
 * repeated; then the source is told, to whom it is news only where the target has the money.
 */
final class TransferPolicy {

    /** No transfer waits for another, even of the same account. */
    @Produces @Singleton
    static final Policy TRANSFERS =
            Policy.named("transfers")
                    .onEach(
                            TransferRequested.class,
                            AccountId::new,
                            transfer -> transfer.transferId().value(),
                            TransferPolicy::settle);

    private TransferPolicy() {}

    private static List<Reaction<?, ?, ?>> settle(
            AccountId source, Envelope<TransferRequested> requested) {
        var transfer = requested.event();
        var id = transfer.transferId();
        var receive = new ReceiveTransfer(id, source, transfer.amount(), transfer.reference());
        return List.of(
                give(ACCOUNT, transfer.to(), receive)
                        .settledBy(AccountRefusal.TRANSFER_END_TAKEN)
                        .orElse(rejection -> List.of(refund(source, id, rejection))),
                give(ACCOUNT, source, new CompleteTransfer(id)));
    }

    private static Reaction<?, ?, ?> refund(AccountId source, TransferId id, Rejection rejection) {
        return give(ACCOUNT, source, new RefundTransfer(id, rejection.refusal()))
                .settledBy(AccountRefusal.TRANSFER_END_TAKEN);
    }
}
