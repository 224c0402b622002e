package banking.approval;

import static banking.aggregate.Decision.accept;
import static banking.aggregate.Decision.reject;
import static banking.approval.ApprovalRefusal.APPROVAL_EXPIRED;
import static banking.approval.ApprovalRefusal.APPROVAL_NOT_FOUND;
import static banking.approval.ApprovalRefusal.APPROVAL_SETTLED;
import static banking.approval.ApprovalRefusal.OWN_REQUEST;

import banking.aggregate.Decision;
import banking.aggregate.Due;
import banking.aggregate.Due.SetBy;
import banking.aggregate.NameBasedId;
import banking.approval.ApprovalCommand.ExpireApproval;
import banking.approval.ApprovalCommand.GrantApproval;
import banking.approval.ApprovalCommand.RecordCarriedOut;
import banking.approval.ApprovalCommand.RecordFailed;
import banking.approval.ApprovalCommand.RefuseApproval;
import banking.approval.ApprovalCommand.RequestApproval;
import banking.events.AggregateId;
import banking.events.ApprovalEvent;
import banking.events.ApprovalEvent.ApprovalCarriedOut;
import banking.events.ApprovalEvent.ApprovalExpired;
import banking.events.ApprovalEvent.ApprovalFailed;
import banking.events.ApprovalEvent.ApprovalGranted;
import banking.events.ApprovalEvent.ApprovalRefused;
import banking.events.ApprovalEvent.ApprovalRequested;
import banking.events.ApprovalId;
import banking.events.CommandId;
import banking.events.WrittenCommand;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A command that waits for a second pair of eyes, and what becomes of it. */
sealed interface Approval {

    record NotRequested() implements Approval {}

    record Waiting(Request request, Instant expiresAt) implements Approval {}

    /** The command is given, or was. */
    record Granted(Request request, String by, Progress progress) implements Approval {}

    record Refused(Request request, String by, String reason) implements Approval {}

    record Expired(Request request) implements Approval {}

    /** How far a command has come that was approved. */
    enum Progress {
        UNDER_WAY,
        CARRIED_OUT,
        FAILED
    }

    record Request(ApprovalId id, WrittenCommand command, String because, String by) {}

    static List<AggregateId<?>> references(ApprovalCommand command) {
        return command instanceof RequestApproval request && request.target() != null
                ? List.of(request.target())
                : List.of();
    }

    /** That nobody has decided in time. */
    static @Nullable Due<ApprovalCommand> due(Approval state) {
        if (!(state instanceof Waiting(var request, var expiresAt))) {
            return null;
        }
        return new Due<>(
                expiresAt,
                new CommandId(NameBasedId.of("expire-approval/" + request.id)),
                new ExpireApproval(),
                new SetBy(ApprovalRequested.class, new CommandId(request.id.value())));
    }

    static Decision<ApprovalEvent> decide(Approval state, ApprovalCommand command) {
        return switch (command) {
            case RequestApproval request -> request(state, request);
            case GrantApproval(var by, var at) ->
                    settle(
                            state,
                            by,
                            at,
                            waiting -> new ApprovalGranted(waiting.request.command, by));
            case RefuseApproval(var by, var reason, var at) ->
                    settle(state, by, at, _ -> new ApprovalRefused(by, reason));
            case ExpireApproval() ->
                    state instanceof Waiting ? accept(new ApprovalExpired()) : accept();
            case RecordCarriedOut() -> underWay(state, ApprovalCarriedOut::new);
            case RecordFailed(var code, var detail) ->
                    underWay(state, () -> new ApprovalFailed(code, detail));
        };
    }

    private static Decision<ApprovalEvent> request(Approval state, RequestApproval asked) {
        return state instanceof NotRequested
                ? accept(
                        new ApprovalRequested(
                                asked.approvalId(),
                                asked.command(),
                                asked.because(),
                                asked.by(),
                                asked.customerId(),
                                asked.expiresAt()))
                : reject(APPROVAL_SETTLED, "It was asked for before.");
    }

    /** What a pair of eyes makes of what waits, that is not its giver's. */
    private static Decision<ApprovalEvent> settle(
            Approval state, String by, Instant at, Function<Waiting, ApprovalEvent> event) {
        return switch (state) {
            case NotRequested() -> reject(APPROVAL_NOT_FOUND, "There is no such approval.");
            case Waiting waiting when waiting.request.by.equals(by) ->
                    reject(OWN_REQUEST, by + " has asked for it.");
            case Waiting waiting when !at.isBefore(waiting.expiresAt) ->
                    reject(APPROVAL_EXPIRED, "It expired at " + waiting.expiresAt + ".");
            case Waiting waiting -> accept(event.apply(waiting));
            case Expired _ -> reject(APPROVAL_EXPIRED, "Nobody has decided in time.");
            case Granted(_, var other, _) -> reject(APPROVAL_SETTLED, other + " has approved it.");
            case Refused(_, var other, _) -> reject(APPROVAL_SETTLED, other + " has refused it.");
        };
    }

    private static Decision<ApprovalEvent> underWay(Approval state, Supplier<ApprovalEvent> event) {
        return state instanceof Granted(_, _, var progress) && progress == Progress.UNDER_WAY
                ? accept(event.get())
                : accept();
    }

    /**
     * @throws IllegalStateException when the event cannot follow, so the journal is broken
     */
    static Approval evolve(Approval state, ApprovalEvent event) {
        return switch (event) {
            case ApprovalRequested(var id, var command, var because, var by, _, var expiresAt) ->
                    new Waiting(new Request(id, command, because, by), expiresAt);
            case ApprovalGranted(_, var by) -> new Granted(waiting(state), by, Progress.UNDER_WAY);
            case ApprovalRefused(var by, var reason) -> new Refused(waiting(state), by, reason);
            case ApprovalExpired() -> new Expired(waiting(state));
            case ApprovalCarriedOut() -> ended(state, Progress.CARRIED_OUT);
            case ApprovalFailed _ -> ended(state, Progress.FAILED);
        };
    }

    private static Request waiting(Approval state) {
        if (state instanceof Waiting(var request, _)) {
            return request;
        }
        throw new IllegalStateException("an event that cannot follow " + state);
    }

    private static Approval ended(Approval state, Progress progress) {
        if (state instanceof Granted(var request, var by, var before)
                && before == Progress.UNDER_WAY) {
            return new Granted(request, by, progress);
        }
        throw new IllegalStateException("an event that cannot follow " + state);
    }
}
