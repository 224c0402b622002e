package banking.journal;

import static banking.database.MultiRow.array;

import banking.events.CommandId;
import banking.events.StreamId;
import banking.events.codec.Sha256;
import banking.events.codec.WrittenEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What the pipeline looks up before it decides. Every call takes part in the caller's transaction
 * and none begins or ends one.
 */
public final class JournalLookup {

    private static final int PAGE = 500;

    private JournalLookup() {}

    /** What to do about streams that another transaction has locked. */
    public enum IfLocked {
        WAIT(""),
        PASS_OVER(" skip locked");

        private final String clause;

        IfLocked(String clause) {
            this.clause = clause;
        }
    }

    /**
     * Locks the streams, in the order of their ids so that two batches never wait for each other in
     * a ring, and reads where they stand. Streams that have not begun are left out.
     */
    public static Map<StreamId, StoredStream> lock(
            Connection transaction, Collection<StreamId> ids, IfLocked ifLocked)
            throws SQLException {
        var sql =
                """
                select stream_id, type, version, state, hash, seal from stream
                where stream_id = any (?) order by stream_id for update"""
                        + ifLocked.clause;
        try (var query = transaction.prepareStatement(sql)) {
            query.setArray(1, array(transaction, ids.stream().map(StreamId::value).toList()));
            var streams = new HashMap<StreamId, StoredStream>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    streams.put(new StreamId(rows.getObject(1, UUID.class)), stored(rows));
                }
            }
            return streams;
        }
    }

    /** Where a stream stands, unlocked; empty where there is no such stream. */
    public static Optional<StoredStream> read(Connection transaction, String type, StreamId id)
            throws SQLException {
        var sql =
                """
                select stream_id, type, version, state, hash, seal from stream
                where stream_id = ? and type = ?""";
        try (var query = transaction.prepareStatement(sql)) {
            query.setObject(1, id.value());
            query.setString(2, type);
            try (var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(stored(rows)) : Optional.empty();
            }
        }
    }

    /** Takes a stream. */
    @FunctionalInterface
    public interface Taker {
        void take(StreamId id, StoredStream stream) throws SQLException;
    }

    /** Hands over all streams of a type, a page at a time. */
    public static void all(Connection transaction, String type, Taker taker) throws SQLException {
        var sql =
                """
                select stream_id, type, version, state, hash, seal from stream
                where type = ? order by stream_id""";
        try (var query = transaction.prepareStatement(sql)) {
            query.setFetchSize(PAGE);
            query.setString(1, type);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    taker.take(new StreamId(rows.getObject(1, UUID.class)), stored(rows));
                }
            }
        }
    }

    private static StoredStream stored(ResultSet row) throws SQLException {
        return new StoredStream(
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                Sha256.ofBytes(row.getBytes(5)),
                row.getBytes(6));
    }

    /** Hands over all events of a stream, oldest first, a page at a time. */
    public static void replay(Connection transaction, StreamId id, Consumer<WrittenEvent> events)
            throws SQLException {
        var sql =
                "select "
                        + EventColumns.of("e")
                        + " from event e where stream_id = ? order by version";
        try (var query = transaction.prepareStatement(sql)) {
            query.setFetchSize(PAGE);
            query.setObject(1, id.value());
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    events.accept(EventColumns.read(rows, 1));
                }
            }
        }
    }

    /** The types of those of the streams that exist. */
    public static Map<StreamId, String> types(Connection transaction, Collection<StreamId> ids)
            throws SQLException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var sql = "select stream_id, type from stream where stream_id = any (?)";
        try (var query = transaction.prepareStatement(sql)) {
            query.setArray(1, array(transaction, ids.stream().map(StreamId::value).toList()));
            var types = new HashMap<StreamId, String>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    types.put(new StreamId(rows.getObject(1, UUID.class)), rows.getString(2));
                }
            }
            return types;
        }
    }

    /**
     * Whether the stream has an event of this command above a version. To be asked after {@link
     * #lock}, as for {@link #known}.
     */
    public static boolean isRecorded(
            Connection transaction, StreamId stream, long above, CommandId command)
            throws SQLException {
        var sql =
                "select from event where stream_id = ? and version > ? and command_id = ? limit 1";
        try (var query = transaction.prepareStatement(sql)) {
            query.setObject(1, stream.value());
            query.setLong(2, above);
            query.setObject(3, command.value());
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
        }
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
     */
    public static Known known(Connection transaction, Collection<CommandId> ids)
            throws SQLException {
        var known = new Known(new HashMap<>(), new HashSet<>());
        if (ids.isEmpty()) {
            return known;
        }
        var sql =
                """
                select command_id, request_hash, stream_id, version, rejection, answer
                from processed_command where command_id = any (?)
                union all
                select command_id, null, null, null, null, null
                from event where command_id = any (?) and actor like 'policy:%'""";
        try (var query = transaction.prepareStatement(sql)) {
            var all = array(transaction, ids.stream().map(CommandId::value).toList());
            query.setArray(1, all);
            query.setArray(2, all);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var id = new CommandId(rows.getObject(1, UUID.class));
                    if (rows.getObject(3) == null) {
                        known.ofPolicies.add(id);
                    } else {
                        known.processed.put(id, processed(id, rows));
                    }
                }
            }
        }
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
