package banking.transfer;

import static banking.account.AccountType.ACCOUNT;
import static banking.policy.Reaction.give;

import banking.account.AccountCommand.CompleteTransfer;
import banking.account.AccountCommand.ReceiveTransfer;
import banking.account.AccountCommand.RefundTransfer;
import banking.account.AccountRefusal;
import banking.aggregate.Rejection;
import banking.events.AccountEvent.TransferRequested;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.TransferId;
import banking.policy.Policy;
import banking.policy.Reaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Brings a transfer to its one end: what its source has paid, the target is given, and where it
 * does not take it, the source gets it back. Whichever comes first is the end for good, whatever is
 * repeated; then the source is told, to whom it is news only where the target has the money.
 */
@ApplicationScoped
class TransferPolicy implements Policy {

    @Override
    public String name() {
        return "transfers";
    }

    @Override
    public Set<Class<? extends Event>> reactsTo() {
        return Set.of(TransferRequested.class);
    }

    /** No transfer waits for another, even of the same account. */
    @Override
    public UUID matter(Envelope<Event> event) {
        return ((TransferRequested) event.event()).transferId().value();
    }

    @Override
    public List<Reaction<?, ?, ?>> react(Envelope<Event> event) {
        var source = event.streamId();
        var transfer = (TransferRequested) event.event();
        var id = transfer.transferId();
        var receive = new ReceiveTransfer(id, source, transfer.amount(), transfer.reference());
        return List.of(
                give(ACCOUNT, transfer.to(), receive)
                        .settledBy(AccountRefusal.TRANSFER_END_TAKEN)
                        .orElse(rejection -> List.of(refund(source, id, rejection))),
                give(ACCOUNT, source, new CompleteTransfer(id)));
    }

    private static Reaction<?, ?, ?> refund(StreamId source, TransferId id, Rejection rejection) {
        return give(ACCOUNT, source, new RefundTransfer(id, rejection.refusal()))
                .settledBy(AccountRefusal.TRANSFER_END_TAKEN);
    }
}
