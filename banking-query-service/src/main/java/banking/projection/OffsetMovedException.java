package banking.projection;

/** Another consumer has read on from here: this one has lost the partition, or never had it. */
final class OffsetMovedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    OffsetMovedException(String message) {
        super(message);
    }
}
