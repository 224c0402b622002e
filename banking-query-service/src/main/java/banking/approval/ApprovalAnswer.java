package banking.approval;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * @param because why the command waits: {@code four-eyes}, or a refusal's code
 * @param reason why it was refused: somebody's words, or the code that its command was refused with
 */
@Schema(name = "Approval")
record ApprovalAnswer(
        UUID approvalId,
        long version,
        ApprovalStatus status,
        @Schema(description = "The command that waits, or did") String command,
        @Schema(description = "The kind of aggregate that the command is for", examples = "account")
                String targetKind,
        UUID targetId,
        @Schema(description = "What the command says, as JSON", examples = "{}") String details,
        String because,
        String requestedBy,
        @Schema(examples = "supervisor") @Nullable String decidedBy,
        @Nullable String reason,
        Instant requestedAt,
        Instant expiresAt,
        Instant updatedAt,
        @Schema(description = "Whether an event of this approval waits to be looked into")
                boolean behind) {

    @Schema(name = "ApprovalPage")
    record Page(List<ApprovalAnswer> approvals, @Nullable UUID next) {}

    static ApprovalAnswer of(ApprovalView view) {
        return new ApprovalAnswer(
                view.id,
                view.version,
                view.status,
                view.command,
                view.targetKind,
                view.targetId,
                view.details,
                view.because,
                view.requestedBy,
                view.decidedBy,
                view.reason,
                view.requestedAt,
                view.expiresAt,
                view.updatedAt,
                view.behind);
    }
}
