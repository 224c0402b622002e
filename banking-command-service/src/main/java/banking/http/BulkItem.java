package banking.http;

import static java.util.Objects.requireNonNull;

import banking.audit.AuditEntry;
import banking.events.MalformedIdException;
import banking.events.StreamId;
import banking.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A command of a bulk, and what becomes known of it on its way, for the record. */
public final class BulkItem {

    private static final String ID = "Id";

    private final Asked asked = new Asked();
    private final String within;
    private Map<String, String> path = Map.of();
    private List<String> named = List.of();
    private @Nullable ItemHeaders headers;

    /**
     * @param operation what it is an item of
     * @param story of that
     */
    BulkItem(String operation, String story) {
        asked.isFor(operation);
        within = story;
    }

    Asked asked() {
        return asked;
    }

    /** Its operation is known by now. */
    void isFor(CommandOperation<?> operation, BulkCommand command) {
        asked.isFor(operation.id());
        named = operation.path();
        path = command.path();
    }

    void comesWith(ItemHeaders itsHeaders) {
        headers = itsHeaders;
    }

    /** What its operation takes for the headers. */
    public CommandHeaders headers() {
        return requireNonNull(headers);
    }

    /**
     * What its operation's path names.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem {@code malformed-request}
     */
    public <I> I id(String name, Function<String, I> read) {
        try {
            return read.apply(requireNonNull(path.get(name)));
        } catch (MalformedIdException e) {
            throw Problems.malformed(MalformedIdException.DETAIL);
        }
    }

    /** The command's; what it is an item of has led to no command, where it was refused before. */
    String story() {
        return headers == null ? within : headers.story(within);
    }

    /** As that of a request of its own would be. */
    AuditEntry entry(Instant at, Caller caller, int status, @Nullable String code, String address) {
        var thing = named.isEmpty() ? null : aggregate(path.get(named.getFirst()));
        return new AuditEntry(
                at,
                caller.id(),
                caller.words(),
                requireNonNull(asked.operation()),
                thing == null ? null : named.getFirst().replace(ID, ""),
                thing,
                status,
                code,
                story(),
                address,
                asked.reason());
    }

    private static @Nullable UUID aggregate(@Nullable String text) {
        try {
            return text == null ? null : StreamId.fromString(text).value();
        } catch (MalformedIdException e) {
            return null;
        }
    }
}
