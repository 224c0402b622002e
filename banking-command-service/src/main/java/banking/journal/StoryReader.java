package banking.journal;

import banking.events.CommandId;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.EventCodec;
import banking.events.codec.WrittenEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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
        return journal.read(
                select("e.correlation_id = ?" + BEHIND),
                query -> {
                    query.setString(1, correlationId);
                    behind(query, 2, after, limit);
                },
                row -> EventColumns.read(row, 1));
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
        return journal.read(
                select("e.actor = ? and e.occurred_at >= ? and e.occurred_at < ?" + BEHIND),
                query -> {
                    query.setString(1, actor);
                    query.setObject(2, from.atOffset(ZoneOffset.UTC));
                    query.setObject(3, to.atOffset(ZoneOffset.UTC));
                    behind(query, 4, after, limit);
                },
                row -> EventColumns.read(row, 1));
    }

    /** The event of a type that a command has added to a stream. */
    public Optional<WrittenEvent> made(
            Class<? extends Event> type, CommandId command, StreamId stream) {
        // The type stands in the statement itself, where the planner sees that the index has it.
        var ofType = "e.type = '" + EventCodec.typeName(type) + "'";
        return journal
                .read(
                        select(ofType + " and e.command_id = ? and e.stream_id = ? limit 1"),
                        query -> {
                            query.setObject(1, command.value());
                            query.setObject(2, stream.value());
                        },
                        row -> EventColumns.read(row, 1))
                .stream()
                .findFirst();
    }

    private static String select(String condition) {
        return "select " + EventColumns.of("e") + " from event e where " + condition;
    }

    private static void behind(PreparedStatement query, int first, @Nullable Place after, int limit)
            throws SQLException {
        var place = after == null ? BEGINNING : after;
        for (int parameter = first; parameter < first + 4; parameter += 2) {
            query.setObject(parameter, place.stream.value());
            query.setLong(parameter + 1, place.version);
        }
        query.setInt(first + 4, limit);
    }
}
