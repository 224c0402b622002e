package banking.ledger;

/** The accounts of the bank's own books. */
public enum LedgerAccount {
    /** What has been paid in and not paid out again. */
    CASH,
    /** What has left a transfer's source and has neither arrived nor come back. */
    IN_TRANSIT,
    /** What the bank owes its customers: the sum of their accounts, its subsidiaries. */
    CUSTOMERS
}
