package banking.transfer;

import static banking.account.AccountType.ACCOUNT;
import static banking.policy.Reaction.give;

import banking.account.AccountCommand.CompleteTransfer;
import banking.account.AccountCommand.ReceiveTransfer;
import banking.account.AccountCommand.RefundTransfer;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRequested;
import banking.events.Envelope;
import banking.events.Event;
import banking.policy.Policy;
import banking.policy.Reaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * Brings a transfer to its one end. What its source has paid, the target is given; once it has it,
 * the source is told, and where it does not take it, the source gets it back.
 */
@ApplicationScoped
class TransferPolicy implements Policy {

    @Override
    public String name() {
        return "transfers";
    }

    @Override
    public Set<Class<? extends Event>> reactsTo() {
        return Set.of(TransferRequested.class, TransferReceived.class);
    }

    @Override
    public List<Reaction<?, ?, ?>> react(Envelope<Event> event) {
        return switch (event.event()) {
            case TransferRequested(var id, var to, var amount, _, var reference) ->
                    List.of(
                            give(
                                            ACCOUNT,
                                            to,
                                            new ReceiveTransfer(
                                                    id, event.streamId(), amount, reference))
                                    .orElse(
                                            rejection ->
                                                    List.of(
                                                            give(
                                                                    ACCOUNT,
                                                                    event.streamId(),
                                                                    new RefundTransfer(
                                                                            id,
                                                                            rejection.code())))));
            case TransferReceived(var id, var from, _, _, _) ->
                    List.of(give(ACCOUNT, from, new CompleteTransfer(id)));
            default -> List.of();
        };
    }
}
