package banking.parking;

/** Why an event was put aside, as text that the database takes whatever the event held. */
public final class Reason {

    private static final int MAX_LENGTH = 500;

    private Reason() {}

    public static String of(Throwable failure) {
        var text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        var clean = text.replaceAll("\\p{Cntrl}+", " ");
        return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH);
    }
}
