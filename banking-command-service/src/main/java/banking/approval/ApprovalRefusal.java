package banking.approval;

import banking.aggregate.Refusal;
import banking.approval.ApprovalCommand.GrantApproval;
import banking.approval.ApprovalCommand.RefuseApproval;

/** Why an approval refuses a command. */
public enum ApprovalRefusal implements Refusal {
    APPROVAL_NOT_FOUND(404, "There is no such approval"),
    APPROVAL_SETTLED(
            409, "It was approved or refused before", GrantApproval.class, RefuseApproval.class),
    APPROVAL_EXPIRED(422, "Nobody has decided in time", GrantApproval.class, RefuseApproval.class),
    OWN_REQUEST(
            422,
            "Nobody decides on what they have asked for",
            GrantApproval.class,
            RefuseApproval.class);

    @SuppressWarnings("ImmutableEnumChecker") // Its list is, too.
    private final Terms terms;

    ApprovalRefusal(int status, String title, Class<?>... commands) {
        terms = Terms.of(status, title, commands);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
