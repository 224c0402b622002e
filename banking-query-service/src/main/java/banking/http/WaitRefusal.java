package banking.http;

/** Why nobody waits any more for a version. */
public enum WaitRefusal implements Refusal {
    TOO_MANY_WAITS(429, "The caller waits for too many versions at once", OpenWaits.MIN_VERSION);

    @SuppressWarnings("ImmutableEnumChecker") // Its list is, too.
    private final Terms terms;

    WaitRefusal(int status, String title, String cause) {
        terms = Terms.of(status, title, cause);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
