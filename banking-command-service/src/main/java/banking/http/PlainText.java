package banking.http;

/** What texts in requests may look like. */
public final class PlainText {

    /**
     * PostgreSQL holds every character but NUL, and no other control character is text either. Half
     * of a surrogate pair is no character: UTF-8 cannot write it, and a question mark took its
     * place.
     */
    public static final String CHARACTER = "[^\\p{Cntrl}\\p{Cs}]";

    public static final String TEXT = CHARACTER + "*";

    public static final String TEXT_MESSAGE =
            "must not contain control characters or halves of surrogate pairs";

    /** As long as the remittance information of a SEPA credit transfer. */
    public static final int MAX_REFERENCE_CHARACTERS = 140;

    public static final String UUID =
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    public static final String UUID_MESSAGE = "must be a UUID";

    private PlainText() {}
}
