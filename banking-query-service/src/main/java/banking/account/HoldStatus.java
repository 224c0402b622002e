package banking.account;

/** What has become of money that was set aside. */
enum HoldStatus {
    OPEN,
    CAPTURED,
    RELEASED,
    EXPIRED
}
