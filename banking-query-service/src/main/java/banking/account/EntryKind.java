package banking.account;

/** How money came or went. */
public enum EntryKind {
    DEPOSIT,
    WITHDRAWAL,
    TRANSFER_OUT,
    TRANSFER_IN,
    TRANSFER_REFUND,
    HOLD_CAPTURE
}
