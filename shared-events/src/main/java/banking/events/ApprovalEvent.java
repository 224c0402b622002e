package banking.events;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** All that can happen to a command that waits for a second pair of eyes. */
public sealed interface ApprovalEvent extends Event {

    /**
     * The first event of every approval: somebody has given a command that another has to approve.
     *
     * @param because why it waits: a refusal's code, or that commands of its kind do
     * @param requestedBy who has given it, as events name their actors
     * @param customerId the customer who has given it; null for one who is none
     */
    record ApprovalRequested(
            ApprovalId approvalId,
            WrittenCommand command,
            String because,
            String requestedBy,
            @JsonSetter(nulls = Nulls.SET) @Nullable CustomerId customerId,
            Instant expiresAt)
            implements ApprovalEvent {}

    /** The command is given now. */
    record ApprovalGranted(WrittenCommand command, String grantedBy) implements ApprovalEvent {}

    record ApprovalRefused(String refusedBy, String reason) implements ApprovalEvent {}

    record ApprovalExpired() implements ApprovalEvent {}

    /** The command was accepted. */
    record ApprovalCarriedOut() implements ApprovalEvent {}

    /**
     * The command was refused when it was given.
     *
     * @param code of the refusal
     */
    record ApprovalFailed(String code, String detail) implements ApprovalEvent {}
}
