package banking.journal;

import static banking.journal.MultiRow.array;

import banking.events.CommandId;
import banking.events.StreamId;
import banking.events.codec.WrittenEvent;
import banking.outbox.EventColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What the pipeline looks up before it decides. Every call takes part in the caller's transaction
 * and none begins or ends one.
 */
public final class JournalLookup {

    private static final int REPLAY_PAGE = 500;

    private JournalLookup() {}

    /**
     * Locks the streams, in the order of their ids so that two batches never wait for each other in
     * a ring, and reads where they stand. Streams that have not begun are left out.
     */
    public static Map<StreamId, StoredStream> lock(Connection transaction, Collection<StreamId> ids)
            throws SQLException {
        var sql =
                """
                select stream_id, type, version, state, hash from stream
                where stream_id = any (?) order by stream_id for update""";
        try (var query = transaction.prepareStatement(sql)) {
            query.setArray(1, array(transaction, ids.stream().map(StreamId::value).toList()));
            var streams = new HashMap<StreamId, StoredStream>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    streams.put(
                            new StreamId(rows.getObject(1, UUID.class)),
                            new StoredStream(
                                    rows.getString(2),
                                    rows.getLong(3),
                                    rows.getString(4),
                                    Sha256.ofRow(rows.getBytes(5))));
                }
            }
            return streams;
        }
    }

    /** The state of a stream as its last command left it; empty where there is no such stream. */
    public static Optional<String> state(Connection transaction, String type, StreamId id)
            throws SQLException {
        var sql = "select state from stream where stream_id = ? and type = ?";
        try (var query = transaction.prepareStatement(sql)) {
            query.setObject(1, id.value());
            query.setString(2, type);
            try (var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    /** Hands over all events of a stream, oldest first, a page at a time. */
    public static void replay(Connection transaction, StreamId id, Consumer<WrittenEvent> events)
            throws SQLException {
        var sql =
                "select %s from event e where stream_id = ? order by version"
                        .formatted(EventColumns.of("e"));
        try (var query = transaction.prepareStatement(sql)) {
            query.setFetchSize(REPLAY_PAGE);
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
     * #lock}, as for {@link #processed}.
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
     * Those of the commands that were processed before. To be asked after {@link #lock}: only then
     * has a racing duplicate on the same stream either committed or not begun.
     */
    public static Map<CommandId, ProcessedCommand> processed(
            Connection transaction, Collection<CommandId> ids) throws SQLException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var sql =
                """
                select command_id, request_hash, stream_id, version, rejection, answer
                from processed_command where command_id = any (?)""";
        try (var query = transaction.prepareStatement(sql)) {
            query.setArray(1, array(transaction, ids.stream().map(CommandId::value).toList()));
            var commands = new HashMap<CommandId, ProcessedCommand>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var id = new CommandId(rows.getObject(1, UUID.class));
                    commands.put(
                            id,
                            new ProcessedCommand(
                                    id,
                                    Sha256.ofRow(rows.getBytes(2)),
                                    new StreamId(rows.getObject(3, UUID.class)),
                                    rows.getLong(4),
                                    rows.getString(5),
                                    rows.getString(6)));
                }
            }
            return commands;
        }
    }
}
