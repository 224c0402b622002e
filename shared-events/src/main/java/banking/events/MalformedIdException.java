package banking.events;

/** A text that is no id. */
public final class MalformedIdException extends IllegalArgumentException {

    /** For whoever wrote the text. */
    public static final String DETAIL =
            "An id is a UUID, as in 01890a5d-ac96-774b-bcce-b302099a8057.";

    private static final long serialVersionUID = 1;

    MalformedIdException() {
        super(DETAIL);
    }
}
