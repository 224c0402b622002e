package banking.journal;

import static banking.journal.MultiRow.array;
import static banking.journal.MultiRow.bytea;
import static banking.journal.MultiRow.int4;
import static banking.journal.MultiRow.int8;
import static banking.journal.MultiRow.text;
import static banking.journal.MultiRow.timestamptz;
import static banking.journal.MultiRow.uuid;

import banking.events.CommandId;
import banking.events.StreamId;
import banking.events.codec.WrittenEvent;
import banking.outbox.EventColumns;
import banking.outbox.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The journal's tables as the pipeline uses them: one query reads all the streams of a batch, one
 * statement a table writes all its rows. Every call takes part in the caller's transaction and none
 * begins or ends one.
 *
 * <p>The rows are written as arrays ({@code unnest}) and not through the entities: measured, that
 * spares a third of the processor time of a command.
 */
public final class Journal {

    private static final int REPLAY_PAGE = 500;

    private Journal() {}

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

    /**
     * Writes all that a batch of commands led to, the rows that wait for the relay among it.
     *
     * @throws SQLException when a version or a command id is taken, or the database fails: the
     *     transaction is then lost
     */
    public static void append(
            Connection transaction,
            List<RecordedEvent> events,
            List<StreamChange> changes,
            List<ProcessedCommand> commands)
            throws SQLException {
        var rows = new MultiRow(transaction);
        addEvents(rows, events);
        addNewStreams(rows, changes.stream().filter(c -> c.versionBefore() == 0).toList());
        addMovedStreams(rows, changes.stream().filter(c -> c.versionBefore() != 0).toList());
        addProcessed(rows, commands);
        addOutbox(rows, events);
        rows.write();
    }

    private static void addEvents(MultiRow rows, List<RecordedEvent> events) throws SQLException {
        rows.add(
                """
                insert into event (stream_id, version, type, schema_version, payload, command_id,
                    correlation_id, actor, occurred_at, traceparent, hash)
                select * from unnest(?::uuid[], ?::bigint[], ?::text[], ?::integer[], ?::text[],
                    ?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::bytea[])""",
                events,
                uuid(e -> e.event().streamId().value()),
                int8(e -> e.event().version()),
                text(e -> e.event().type()),
                int4(e -> e.event().schemaVersion()),
                text(e -> e.event().payload()),
                uuid(e -> e.event().causationId().value()),
                text(e -> e.event().correlationId()),
                text(e -> e.event().actor()),
                timestamptz(e -> e.event().occurredAt()),
                text(e -> e.event().traceparent()),
                bytea(e -> e.hash().toRow()));
    }

    private static void addNewStreams(MultiRow rows, List<StreamChange> changes)
            throws SQLException {
        rows.add(
                """
                insert into stream (stream_id, type, version, state, hash, due_at)
                select * from unnest(?::uuid[], ?::text[], ?::bigint[], ?::text[], ?::bytea[],
                    ?::timestamptz[])""",
                changes,
                uuid(c -> c.streamId().value()),
                text(StreamChange::type),
                int8(StreamChange::versionAfter),
                text(StreamChange::state),
                bytea(c -> c.hash().toRow()),
                timestamptz(StreamChange::dueAt));
    }

    private static void addMovedStreams(MultiRow rows, List<StreamChange> changes)
            throws SQLException {
        rows.add(
                """
                update stream s set version = c.after, state = c.state, hash = c.hash,
                    due_at = c.due_at
                from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::bytea[],
                        ?::timestamptz[])
                    as c (stream_id, before, after, state, hash, due_at)
                where s.stream_id = c.stream_id and s.version = c.before""",
                changes,
                uuid(c -> c.streamId().value()),
                int8(StreamChange::versionBefore),
                int8(StreamChange::versionAfter),
                text(StreamChange::state),
                bytea(c -> c.hash().toRow()),
                timestamptz(StreamChange::dueAt));
    }

    private static void addProcessed(MultiRow rows, List<ProcessedCommand> commands)
            throws SQLException {
        rows.add(
                """
                insert into processed_command (command_id, request_hash, stream_id, version,
                    rejection, answer, processed_at)
                select *, now() from unnest(?::uuid[], ?::bytea[], ?::uuid[], ?::bigint[],
                    ?::text[], ?::text[])""",
                commands,
                uuid(c -> c.id().value()),
                bytea(c -> c.requestHash().toRow()),
                uuid(c -> c.streamId().value()),
                int8(ProcessedCommand::version),
                text(ProcessedCommand::rejection),
                text(ProcessedCommand::answer));
    }

    /** The rows are numbered as they come, so they must come in the order of the events. */
    private static void addOutbox(MultiRow rows, List<RecordedEvent> events) throws SQLException {
        rows.add(
                """
                insert into outbox (shard, stream_id, version)
                select shard, stream_id, version
                from unnest(?::integer[], ?::uuid[], ?::bigint[]) with ordinality
                    as e (shard, stream_id, version, place)
                order by place""",
                events,
                int4(e -> Outbox.shard(e.event().streamId())),
                uuid(e -> e.event().streamId().value()),
                int8(e -> e.event().version()));
    }
}
