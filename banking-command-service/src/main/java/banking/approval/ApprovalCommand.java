package banking.approval;

import banking.events.AggregateId;
import banking.events.ApprovalId;
import banking.events.CustomerId;
import banking.events.WrittenCommand;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** All that can be asked of an approval. */
public sealed interface ApprovalCommand {

    /**
     * @param because why the command waits
     * @param target what the command is for; null for one that begins what it is for
     * @param by who has given it
     */
    record RequestApproval(
            ApprovalId approvalId,
            WrittenCommand command,
            String because,
            @Nullable AggregateId<?> target,
            String by,
            @Nullable CustomerId customerId,
            Instant expiresAt)
            implements ApprovalCommand {}

    /**
     * @param at when it is asked for: what has expired is not approved
     */
    record GrantApproval(String by, Instant at) implements ApprovalCommand {}

    record RefuseApproval(String by, String reason, Instant at) implements ApprovalCommand {}

    /** Given by the bank itself, once nobody has decided in time. */
    record ExpireApproval() implements ApprovalCommand {}

    /** Says that the command was given, and what became of it; it changes nothing a second time. */
    record RecordCarriedOut() implements ApprovalCommand {}

    record RecordFailed(String code, String detail) implements ApprovalCommand {}

    /** Whether an approval can be asked this at all, whatever its state. */
    static boolean isSound(ApprovalCommand command) {
        return switch (command) {
            case RefuseApproval(_, var reason, _) -> !reason.isBlank();
            case RequestApproval _,
                    GrantApproval _,
                    ExpireApproval _,
                    RecordCarriedOut _,
                    RecordFailed _ ->
                    true;
        };
    }
}
