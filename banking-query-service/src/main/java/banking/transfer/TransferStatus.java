package banking.transfer;

/** How far a transfer has come. */
enum TransferStatus {
    REQUESTED,
    COMPLETED,
    REFUNDED
}
