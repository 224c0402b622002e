package banking.journal;

import banking.database.Statements;
import banking.events.CommandId;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.Sha256;
import banking.events.codec.WrittenEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the pipeline looks up before it decides. Every call takes part in the caller's transaction
 * and none begins or ends one.
 */
public final class JournalLookup {

    private static final int PAGE = 500;

    private static final String PROCESSED =
            """
            select command_id, request_hash, stream_id, version, rejection, answer
            from processed_command where command_id = any (?)""";

    // In a form that no index of actors serves: planned while there were few events, the statement
    // would read all that policies ever did, and a plan is kept for as long as its session.
    static final String RECORDED_OF_POLICIES =
            """
             union all select command_id, null, null, null, null, null
            from event join unnest(?, ?) as c (correlation_id, command_id)
                using (correlation_id, command_id)
            where left(actor, 7) = 'policy:'""";

    private JournalLookup() {}

    /** What to do about streams that another transaction has locked. */
    public enum IfLocked {
        WAIT(" for update"),
        PASS_OVER(" for update skip locked"),
        /** Nothing is locked here either: for who changes nothing. */
        LOOK_ON("");

        private final String clause;

        IfLocked(String clause) {
            this.clause = clause;
        }

        String clause() {
            return clause;
        }
    }

    /**
     * Locks the streams, in the order of their ids so that two batches never wait for each other in
     * a ring, and reads where they stand. Streams that have not begun are left out.
     */
    public static Map<StreamId, StoredStream> lock(
            Statements statements, Collection<StreamId> ids, IfLocked ifLocked)
            throws SQLException {
        return statements
                .write(
                        """
                        select stream_id, type, version, state, hash, seal, due_at from stream
                        where stream_id = any (?) order by stream_id"""
                                + ifLocked.clause)
                .add("uuid", ids, StreamId::value)
                .map(JournalLookup::id, JournalLookup::stored);
    }

    /** Where a stream stands, unlocked; empty where there is no such stream. */
    public static Optional<StoredStream> read(Statements statements, String type, StreamId id)
            throws SQLException {
        var sql =
                """
                select stream_id, type, version, state, hash, seal, due_at from stream
                where stream_id = ? and type = ?""";
        return statements.write(sql, id.value(), type).find(JournalLookup::stored);
    }

    /** Takes a stream. */
    @FunctionalInterface
    public interface Taker {
        void take(StreamId id, StoredStream stream) throws SQLException;
    }

    /** Hands over all streams of a type, a page at a time. */
    public static void all(Statements statements, String type, Taker taker) throws SQLException {
        var sql =
                """
                select stream_id, type, version, state, hash, seal, due_at from stream
                where type = ? order by stream_id""";
        statements.write(sql, type).each(PAGE, row -> taker.take(id(row), stored(row)));
    }

    private static StreamId id(ResultSet row) throws SQLException {
        return new StreamId(row.getObject(1, UUID.class));
    }

    static StoredStream stored(ResultSet row) throws SQLException {
        return new StoredStream(
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                Sha256.ofBytes(row.getBytes(5)),
                row.getObject(6, Long.class),
                time(row.getObject(7, OffsetDateTime.class)));
    }

    private static @Nullable Instant time(@Nullable OffsetDateTime read) {
        return read == null ? null : read.toInstant();
    }

    /**
     * Hands over all events of a stream, oldest first, a page at a time, each once it is known to
     * be one that was written here.
     *
     * @throws TamperedException when one is not, or when the last is not the one that the stream
     *     stands at
     */
    public static void replay(
            Statements statements,
            ChainKeys keys,
            StreamId id,
            StoredStream stored,
            Consumer<WrittenEvent> events)
            throws SQLException {
        var chain = new HashChain(keys);
        statements
                .write(
                        "select "
                                + EventColumns.linked("e")
                                + " from event e where stream_id = ? order by version",
                        id.value())
                .each(
                        PAGE,
                        row -> {
                            var event = EventColumns.readLinked(row, chain.last());
                            chain.next(event);
                            check(id, chain);
                            events.accept(event.event());
                        });
        chain.end(stored.version(), stored.hash());
        check(id, chain);
    }

    private static void check(StreamId id, HashChain chain) {
        var broken = chain.broken();
        if (broken != null) {
            throw new TamperedException(id, broken);
        }
    }

    /** The types of those of the streams that exist. */
    public static Map<StreamId, String> types(Statements statements, Collection<StreamId> ids)
            throws SQLException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return statements
                .write("select stream_id, type from stream where stream_id = any (?)")
                .add("uuid", ids, StreamId::value)
                .map(JournalLookup::id, row -> row.getString(2));
    }

    /**
     * Whether the stream has an event of this command above a version. To be asked after {@link
     * #lock}, as for {@link #known}.
     */
    public static boolean isRecorded(
            Statements statements, StreamId stream, long above, CommandId command)
            throws SQLException {
        var sql =
                """
                select version from event
                where stream_id = ? and version > ? and command_id = ? limit 1""";
        return statements
                .write(sql, stream.value(), above, command.value())
                .find(row -> row.getLong(1))
                .isPresent();
    }

    /**
     * What is known of commands that may have come before.
     *
     * @param processed the answers that they got
     * @param ofPolicies those of policies whose events are in the journal
     */
    public record Known(Map<CommandId, ProcessedCommand> processed, Set<CommandId> ofPolicies) {

        public Set<CommandId> ids() {
            var all = new HashSet<>(ofPolicies);
            all.addAll(processed.keySet());
            return all;
        }
    }

    /**
     * Looks up commands. To be asked after {@link #lock}: only then has a racing duplicate on the
     * same stream either committed or not begun.
     *
     * @param ofPolicies those of them that policies have given, each with the correlation id that
     *     its events have
     */
    public static Known known(
            Statements statements, Collection<CommandId> ids, Map<CommandId, String> ofPolicies)
            throws SQLException {
        var known = new Known(new HashMap<>(), new HashSet<>());
        if (ids.isEmpty()) {
            return known;
        }
        statements.write(ofPolicies.isEmpty() ? PROCESSED : PROCESSED + RECORDED_OF_POLICIES);
        statements.add("uuid", ids, CommandId::value);
        if (!ofPolicies.isEmpty()) {
            var commands = ofPolicies.entrySet();
            statements
                    .add("text", commands, Map.Entry::getValue)
                    .add("uuid", commands, command -> command.getKey().value());
        }
        statements.each(
                row -> {
                    var id = new CommandId(row.getObject(1, UUID.class));
                    if (row.getObject(3) == null) {
                        known.ofPolicies.add(id);
                    } else {
                        known.processed.put(id, processed(id, row));
                    }
                });
        return known;
    }

    private static ProcessedCommand processed(CommandId id, ResultSet row) throws SQLException {
        return new ProcessedCommand(
                id,
                Sha256.ofBytes(row.getBytes(2)),
                new StreamId(row.getObject(3, UUID.class)),
                row.getLong(4),
                row.getString(5),
                row.getString(6));
    }
}
