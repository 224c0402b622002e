package banking.ledger;

import banking.account.EntryKind;

/** The two legs of a booking: the same amount on both, so the books cannot but balance. */
record Booking(LedgerAccount debit, LedgerAccount credit) {

    static Booking of(EntryKind kind) {
        return switch (kind) {
            case DEPOSIT -> new Booking(LedgerAccount.CASH, LedgerAccount.CUSTOMERS);
            case WITHDRAWAL, HOLD_CAPTURE ->
                    new Booking(LedgerAccount.CUSTOMERS, LedgerAccount.CASH);
            case TRANSFER_OUT -> new Booking(LedgerAccount.CUSTOMERS, LedgerAccount.IN_TRANSIT);
            case TRANSFER_IN, TRANSFER_REFUND ->
                    new Booking(LedgerAccount.IN_TRANSIT, LedgerAccount.CUSTOMERS);
        };
    }
}
