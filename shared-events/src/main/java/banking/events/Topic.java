package banking.events;

/**
 * The Kafka topics, one per type of aggregate. Records are keyed by the aggregate's id, so all
 * events of one aggregate share a partition; records are never deleted, since views are rebuilt
 * from them.
 */
public final class Topic {

    public static final String ACCOUNTS = "banking.accounts";

    /**
     * Fixed once the first record is written: another number would move streams between partitions.
     */
    public static final int PARTITIONS = 12;

    private Topic() {}

    /** The topic that the events of this type travel on. */
    public static String of(Class<? extends Event> type) {
        if (AccountEvent.class.isAssignableFrom(type)) {
            return ACCOUNTS;
        }
        throw new IllegalArgumentException(type + " has no topic");
    }
}
