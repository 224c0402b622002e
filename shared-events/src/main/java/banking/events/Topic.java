package banking.events;

import java.util.List;

/**
 * The Kafka topics, one per type of aggregate. Records are keyed by the aggregate's id, so all
 * events of one aggregate share a partition; records are never deleted, since views are rebuilt
 * from them.
 */
public final class Topic {

    public static final String ACCOUNTS = "banking.accounts";
    public static final String CUSTOMERS = "banking.customers";
    public static final String COMPANIES = "banking.companies";
    public static final String TASKS = "banking.tasks";
    public static final String EMPLOYEES = "banking.employees";
    public static final String APPROVALS = "banking.approvals";

    /**
     * The customers' keys, wrapped, by the customer's id; without a value for one that is
     * destroyed. A key is there before any event that it opens, and it has one partition, of which
     * Kafka keeps the last record of each customer.
     */
    public static final String KEYS = "banking.keys";

    /** No events: what is signed of them, a record for each seal, in one partition. */
    public static final String SEALS = "banking.seals";

    /** Those that have events. */
    public static final List<String> ALL =
            List.of(ACCOUNTS, CUSTOMERS, COMPANIES, TASKS, EMPLOYEES, APPROVALS);

    /**
     * Fixed once the first record is written: another number would move streams between partitions.
     */
    public static final int PARTITIONS = 4;

    private record OfEvents(Class<? extends Event> events, String topic) {}

    private static final List<OfEvents> TOPICS =
            List.of(
                    new OfEvents(AccountEvent.class, ACCOUNTS),
                    new OfEvents(CustomerEvent.class, CUSTOMERS),
                    new OfEvents(CompanyEvent.class, COMPANIES),
                    new OfEvents(TaskEvent.class, TASKS),
                    new OfEvents(EmployeeEvent.class, EMPLOYEES),
                    new OfEvents(ApprovalEvent.class, APPROVALS));

    private Topic() {}

    /** The topic that the events of this type travel on. */
    public static String of(Class<? extends Event> type) {
        return TOPICS.stream()
                .filter(each -> each.events.isAssignableFrom(type))
                .map(OfEvents::topic)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type + " has no topic"));
    }
}
