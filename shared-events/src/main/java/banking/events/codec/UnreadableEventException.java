package banking.events.codec;

/**
 * Something that should have been an event and cannot be read as one: an unknown type, a schema
 * newer than this program, a missing header or a broken payload. Reading it again will not help.
 */
public final class UnreadableEventException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableEventException(String message) {
        super(message);
    }

    UnreadableEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
