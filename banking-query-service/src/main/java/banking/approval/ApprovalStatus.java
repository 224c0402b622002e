package banking.approval;

/** How far a command has come that another has to approve. */
enum ApprovalStatus {
    WAITING,
    /** Its command is given any moment. */
    APPROVED,
    CARRIED_OUT,
    /** Its command was refused when it was given. */
    FAILED,
    REFUSED,
    EXPIRED
}
