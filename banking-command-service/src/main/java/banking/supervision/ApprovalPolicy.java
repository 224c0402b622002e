package banking.supervision;

import static banking.approval.ApprovalType.APPROVAL;
import static banking.policy.Reaction.give;

import banking.aggregate.AggregateType;
import banking.aggregate.CommandFormat;
import banking.approval.ApprovalCommand.RecordCarriedOut;
import banking.approval.ApprovalCommand.RecordFailed;
import banking.events.ApprovalEvent.ApprovalGranted;
import banking.events.ApprovalId;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import banking.policy.Policy;
import banking.policy.Reaction;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Gives what was approved, once however often the event comes, and records what became of it: that
 * it was done, or why it was refused.
 */
final class ApprovalPolicy {

    private ApprovalPolicy() {}

    @Produces
    @Singleton
    static Policy policy(@All List<AggregateType<?, ?, ?>> types) {
        return Policy.named("approvals")
                .on(
                        ApprovalGranted.class,
                        ApprovalId::new,
                        (id, granted) -> carryOut(types, id, granted));
    }

    private static List<Reaction<?, ?, ?>> carryOut(
            List<AggregateType<?, ?, ?>> types, ApprovalId id, Envelope<ApprovalGranted> granted) {
        var command = granted.event().command();
        var type =
                types.stream()
                        .filter(known -> known.name().equals(command.kind()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no " + command.kind()));
        return List.of(
                reaction(type, new StreamId(command.target()), command.name(), command.json())
                        .orElse(
                                rejection ->
                                        List.of(
                                                give(
                                                        APPROVAL,
                                                        id,
                                                        new RecordFailed(
                                                                rejection.code(),
                                                                rejection.detail())))),
                give(APPROVAL, id, new RecordCarriedOut()));
    }

    private static <S, C, E extends Event> Reaction<S, C, E> reaction(
            AggregateType<S, C, E> type, StreamId target, String name, String json) {
        return new Reaction<>(
                type, target, CommandFormat.read(type, name, json), null, Set.of(), null);
    }
}
