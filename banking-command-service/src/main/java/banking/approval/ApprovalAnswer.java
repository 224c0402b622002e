package banking.approval;

import banking.approval.Approval.Request;
import banking.events.ApprovalId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An approval as the caller of a command sees it.
 *
 * @param command what waits, or waited
 * @param because why it does: {@code four-eyes} for all commands of its kind, or a refusal's code
 * @param targetKind the kind of aggregate that the command is for, and {@code targetId} which one
 */
@Schema(name = "ApprovalAnswer")
public record ApprovalAnswer(
        String approvalId,
        long version,
        Status status,
        String command,
        String because,
        @Schema(examples = "account") String targetKind,
        String targetId,
        String requestedBy) {

    @Schema(name = "ApprovalStatus")
    public enum Status {
        WAITING,
        /** Its command is given any moment. */
        APPROVED,
        CARRIED_OUT,
        /** Its command was refused when it was given. */
        FAILED,
        REFUSED,
        EXPIRED
    }

    /**
     * @throws IllegalStateException for one that was not requested: there is nothing to tell
     */
    static ApprovalAnswer of(ApprovalId id, long version, Approval state) {
        return switch (state) {
            case Approval.NotRequested() ->
                    throw new IllegalStateException(id + " was not requested");
            case Approval.Waiting(var request, _) -> of(id, version, Status.WAITING, request);
            case Approval.Granted(var request, _, var progress) ->
                    of(id, version, status(progress), request);
            case Approval.Refused(var request, _, _) -> of(id, version, Status.REFUSED, request);
            case Approval.Expired(var request) -> of(id, version, Status.EXPIRED, request);
        };
    }

    private static Status status(Approval.Progress progress) {
        return switch (progress) {
            case UNDER_WAY -> Status.APPROVED;
            case CARRIED_OUT -> Status.CARRIED_OUT;
            case FAILED -> Status.FAILED;
        };
    }

    private static ApprovalAnswer of(ApprovalId id, long version, Status status, Request request) {
        var command = request.command();
        return new ApprovalAnswer(
                id.toString(),
                version,
                status,
                command.name(),
                request.because(),
                command.kind(),
                command.target().toString(),
                request.by());
    }
}
