package banking.policy;

/**
 * An aggregate refused what a policy must not be refused: a fault of the bank's, or of the moment.
 */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RefusedException(Object command, String code) {
        super(command.getClass().getSimpleName() + " was refused: " + code);
    }
}
