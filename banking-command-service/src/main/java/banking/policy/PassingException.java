package banking.policy;

/** Something could not be done now: the database, Kafka or a server elsewhere is away. */
public final class PassingException extends Exception {

    private static final long serialVersionUID = 1;

    public PassingException(String message, Throwable cause) {
        super(message, cause);
    }

    public PassingException(String message) {
        super(message);
    }
}
