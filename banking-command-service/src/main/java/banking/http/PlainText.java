package banking.http;

/** What texts in requests may look like. */
public final class PlainText {

    /** PostgreSQL holds every character but NUL, and no other control character is text either. */
    public static final String TEXT = "\\P{Cntrl}*";

    public static final String TEXT_MESSAGE = "must not contain control characters";

    /** As long as the remittance information of a SEPA credit transfer. */
    public static final int MAX_REFERENCE_CHARACTERS = 140;

    public static final String UUID =
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    public static final String UUID_MESSAGE = "must be a UUID";

    private PlainText() {}
}
