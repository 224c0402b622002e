package banking.account;

/** What may still happen to an account. */
enum AccountStatus {
    OPEN,
    FROZEN,
    CLOSED
}
