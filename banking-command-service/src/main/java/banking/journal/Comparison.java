package banking.journal;

import banking.events.StreamId;
import banking.events.codec.Sha256;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds what others stand on against the journal: each has seen an event that the journal has, and
 * all that the journal has had for a while.
 */
@ApplicationScoped
@Startup
public class Comparison {

    private static final Logger LOG = Logger.getLogger(Comparison.class);
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** What is newer may be under way. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private final JournalReader journal;
    private final Counter compared;
    private final Counter differing;
    private final Clock clock = Clock.systemUTC();

    Comparison(JournalReader journal, MeterRegistry metrics) {
        this.journal = journal;
        compared =
                Counter.builder("bank.heads.compared")
                        .description("Streams that were held against what others stand on")
                        .register(metrics);
        differing =
                Counter.builder("bank.heads.differing")
                        .description("Those of them that differ")
                        .register(metrics);
    }

    /** On which event somebody stands. */
    public record Head(StreamId stream, long version, Sha256 hash) {}

    /** A stream of which the two sides have different events. */
    public record Difference(StreamId stream, String why) {}

    /**
     * @param heads all that the other side has of streams in this range, of this type
     * @param after where the range begins, exclusive; null for the first of all
     * @param upTo where it ends, inclusive; null for the last of all
     */
    public List<Difference> differences(
            String type, List<Head> heads, @Nullable StreamId after, @Nullable StreamId upTo) {
        var found = new ArrayList<Difference>();
        found.addAll(unknown(type, heads));
        found.addAll(unseen(type, heads, after, upTo));
        compared.increment(heads.size());
        differing.increment(found.size());
        found.forEach(
                each -> LOG.errorf("The two sides differ: %s %s %s", type, each.stream, each.why));
        return found;
    }

    private List<Difference> unknown(String type, List<Head> heads) {
        var sql =
                """
                select h.id, h.version, e.hash is null
                from unnest(?, ?, ?) as h (id, version, hash)
                left join event e on e.stream_id = h.id and e.version = h.version
                left join stream s on s.stream_id = h.id
                where e.hash is distinct from h.hash or s.type is distinct from ?
                order by h.id""";
        return journal.read(
                s ->
                        s.write(sql)
                                .add("uuid", heads, head -> head.stream.value())
                                .addLongs(heads, Head::version)
                                .add("bytea", heads, head -> head.hash.toBytes())
                                .add(type)
                                .query(
                                        row ->
                                                new Difference(
                                                        new StreamId(row.getObject(1, UUID.class)),
                                                        (row.getBoolean(3)
                                                                        ? "has no version "
                                                                        : "has another version ")
                                                                + row.getLong(2)
                                                                + " in the journal")));
    }

    private List<Difference> unseen(
            String type, List<Head> heads, @Nullable StreamId after, @Nullable StreamId upTo) {
        var sql =
                """
                select s.stream_id, coalesce(h.version, 0) + 1
                from stream s left join unnest(?, ?) as h (id, version) on h.id = s.stream_id
                where s.type = ? and s.stream_id > ? and (?::uuid is null or s.stream_id <= ?)
                    and exists (
                        select from event e
                        where e.stream_id = s.stream_id
                            and e.version = coalesce(h.version, 0) + 1 and e.occurred_at < ?)
                order by s.stream_id limit ?""";
        var end = upTo == null ? null : upTo.value();
        return journal.read(
                s ->
                        s.write(sql)
                                .add("uuid", heads, head -> head.stream.value())
                                .addLongs(heads, Head::version)
                                .add(type)
                                .add(after == null ? BEFORE_ALL : after.value())
                                .add(end)
                                .add(end)
                                .add(clock.instant().minus(UNDER_WAY).atOffset(ZoneOffset.UTC))
                                .add(Math.max(1, heads.size()))
                                .query(
                                        row ->
                                                new Difference(
                                                        new StreamId(row.getObject(1, UUID.class)),
                                                        "was not seen from version "
                                                                + row.getLong(2)
                                                                + " on")));
    }
}
