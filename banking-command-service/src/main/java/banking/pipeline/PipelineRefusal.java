package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.aggregate.Refusal;
import java.util.stream.Stream;

/** Why a command is refused that its aggregate may not even be asked about. */
public enum PipelineRefusal implements Refusal {
    VERSION_MOVED(412, "The version is not the expected one", "If-Match"),
    IDEMPOTENCY_KEY_REUSED(
            422, "The Idempotency-Key belongs to another request", "Idempotency-Key"),
    OVERLOADED(503, "Too much is waiting; nothing was done", "Idempotency-Key"),
    BUSY(503, "Somebody else is changing the same just now; nothing was done", "Idempotency-Key"),
    JOURNAL_BEHIND(
            503, "The database lacks what was published; nothing was done", "Idempotency-Key"),
    JOURNAL_TAMPERED(
            503, "What is kept of it was changed by others; nothing was done", "Idempotency-Key"),
    /** Never an answer: what is refused so waits for another to approve it. */
    TELLER_LIMIT_EXCEEDED(422, "Another has to approve so much in a day");

    @SuppressWarnings("ImmutableEnumChecker") // Its list is, too.
    private final Terms terms;

    PipelineRefusal(int status, String title, String... causes) {
        terms = Terms.of(status, title, causes);
    }

    @Override
    public Terms terms() {
        return terms;
    }

    @Override
    public boolean canBeApproved() {
        return this == TELLER_LIMIT_EXCEEDED;
    }

    /** What the journal's code of a rejection stands for, which an older program may have given. */
    static Refusal stored(String code, AggregateType<?, ?, ?> type) {
        return Stream.concat(type.refusals().stream(), Stream.of(values()))
                .filter(refusal -> refusal.code().equals(code))
                .findFirst()
                .orElseGet(() -> Refusal.of(code));
    }
}
