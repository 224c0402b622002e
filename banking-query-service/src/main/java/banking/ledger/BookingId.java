package banking.ledger;

import java.util.UUID;

/** Names a booking by the event that made it, as in {@code account:version}. */
record BookingId(UUID account, long version) {

    static final String FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}:[0-9]{1,18}";

    static BookingId parse(String text) {
        int colon = text.indexOf(':');
        return new BookingId(
                UUID.fromString(text.substring(0, colon)),
                Long.parseLong(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return account + ":" + version;
    }
}
