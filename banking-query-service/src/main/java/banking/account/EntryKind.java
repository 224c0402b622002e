package banking.account;

/** How money came or went. */
enum EntryKind {
    DEPOSIT,
    WITHDRAWAL
}
