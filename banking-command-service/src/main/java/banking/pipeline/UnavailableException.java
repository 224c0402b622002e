package banking.pipeline;

/**
 * The database did not answer within all tries. Whether the command was committed may be unknown;
 * giving it again under the same id is safe and tells.
 */
public final class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnavailableException(Throwable cause) {
        super("the database did not answer", cause);
    }
}
