package banking.journal;

import banking.database.Statements;
import banking.events.CommandId;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.EventCodec;
import banking.events.codec.WrittenEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The journal across its streams: what one request, or one actor, has led to. */
@ApplicationScoped
public class StoryReader {

    /** Behind an event, in the order of time; at the beginning where there is no such event. */
    private static final String BEHIND =
            """
             and (e.occurred_at, e.stream_id, e.version) > (coalesce(
                (select occurred_at from event where stream_id = ? and version = ?), '-infinity'),
                ?, ?)
            order by e.occurred_at, e.stream_id, e.version limit ?""";

    private static final Place BEGINNING = new Place(new StreamId(new UUID(0, 0)), 0);

    private final JournalReader journal;

    StoryReader(JournalReader journal) {
        this.journal = journal;
    }

    /** Where an event stands. */
    public record Place(StreamId stream, long version) {}

    /**
     * What one request has led to, in all streams, oldest first.
     *
     * @param after the last event of the page before; null for the first page
     */
    public List<WrittenEvent> ofRequest(String correlationId, @Nullable Place after, int limit) {
        var sql = select("e.correlation_id = ?" + BEHIND);
        return journal.read(
                s -> behind(s.write(sql, correlationId), after, limit).query(EventColumns::read));
    }

    /**
     * What an actor has done, oldest first.
     *
     * @param from when it happened at the earliest
     * @param to before when it happened
     * @param after the last event of the page before; null for the first page
     */
    public List<WrittenEvent> ofActor(
            String actor, Instant from, Instant to, @Nullable Place after, int limit) {
        var sql = select("e.actor = ? and e.occurred_at >= ? and e.occurred_at < ?" + BEHIND);
        var earliest = from.atOffset(ZoneOffset.UTC);
        var end = to.atOffset(ZoneOffset.UTC);
        return journal.read(
                s ->
                        behind(s.write(sql, actor, earliest, end), after, limit)
                                .query(EventColumns::read));
    }

    /** The event of a type that a command has added to a stream. */
    public Optional<WrittenEvent> made(
            Class<? extends Event> type, CommandId command, StreamId stream) {
        // The type stands in the statement itself, where the planner sees that the index has it.
        var ofType = "e.type = '" + EventCodec.typeName(type) + "'";
        var sql = select(ofType + " and e.command_id = ? and e.stream_id = ? limit 1");
        return journal.read(
                s -> s.write(sql, command.value(), stream.value()).find(EventColumns::read));
    }

    private static String select(String condition) {
        return "select " + EventColumns.of("e") + " from event e where " + condition;
    }

    private static Statements behind(Statements statements, @Nullable Place after, int limit) {
        var place = after == null ? BEGINNING : after;
        var stream = place.stream.value();
        return statements.add(stream).add(place.version).add(stream).add(place.version).add(limit);
    }
}
