package banking.journal;

import static banking.database.MultiRow.bytea;
import static banking.database.MultiRow.int4;
import static banking.database.MultiRow.int8;
import static banking.database.MultiRow.text;
import static banking.database.MultiRow.timestamptz;
import static banking.database.MultiRow.uuid;

import banking.database.MultiRow;
import banking.events.codec.RecordedEvent;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes what the pipeline has decided: one statement a table for all rows of a batch, in the
 * caller's transaction.
 *
 * <p>The rows are written as arrays ({@code unnest}) and not through the entities: measured, that
 * spares a third of the processor time of a command.
 */
public final class Journal {

    private Journal() {}

    /**
     * Adds what a batch of commands led to. Should a version or a command id be taken, then the
     * statements fail, and the transaction is lost.
     */
    public static void add(
            MultiRow rows,
            List<RecordedEvent> events,
            List<StreamChange> changes,
            List<ProcessedCommand> commands)
            throws SQLException {
        addEvents(rows, events);
        addNewStreams(rows, changes.stream().filter(c -> c.versionBefore() == 0).toList());
        addMovedStreams(rows, changes.stream().filter(c -> c.versionBefore() != 0).toList());
        addProcessed(rows, commands);
    }

    private static void addEvents(MultiRow rows, List<RecordedEvent> events) throws SQLException {
        rows.add(
                """
                insert into event (stream_id, version, type, schema_version, payload, command_id,
                    correlation_id, actor, occurred_at, traceparent, caused_by, hash)
                select * from unnest(?::uuid[], ?::bigint[], ?::text[], ?::integer[], ?::text[],
                    ?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::text[],
                    ?::bytea[])""",
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
                text(e -> e.event().causedBy()),
                bytea(e -> e.hash().toBytes()));
    }

    private static void addNewStreams(MultiRow rows, List<StreamChange> changes)
            throws SQLException {
        rows.add(
                """
                insert into stream (stream_id, type, version, state, hash, seal, due_at)
                select * from unnest(?::uuid[], ?::text[], ?::bigint[], ?::text[], ?::bytea[],
                    ?::bytea[], ?::timestamptz[])""",
                changes,
                uuid(c -> c.streamId().value()),
                text(StreamChange::type),
                int8(StreamChange::versionAfter),
                text(StreamChange::state),
                bytea(c -> c.hash().toBytes()),
                bytea(StreamChange::seal),
                timestamptz(StreamChange::dueAt));
    }

    /**
     * The streams are locked, so each is where it was read. Should one not be, then this divides by
     * zero, and nothing of the transaction is committed.
     */
    private static void addMovedStreams(MultiRow rows, List<StreamChange> changes)
            throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        rows.add(
                        """
                with moved as (
                    update stream s set version = c.after, state = c.state, hash = c.hash,
                        seal = c.seal, due_at = c.due_at
                    from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::bytea[],
                            ?::bytea[], ?::timestamptz[])
                        as c (stream_id, before, after, state, hash, seal, due_at)
                    where s.stream_id = c.stream_id and s.version = c.before
                    returning 1)
                select 1 / (count(*) / ?) from moved""",
                        changes,
                        uuid(c -> c.streamId().value()),
                        int8(StreamChange::versionBefore),
                        int8(StreamChange::versionAfter),
                        text(StreamChange::state),
                        bytea(c -> c.hash().toBytes()),
                        bytea(StreamChange::seal),
                        timestamptz(StreamChange::dueAt))
                .with((long) changes.size());
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
                bytea(c -> c.requestHash().toBytes()),
                uuid(c -> c.streamId().value()),
                int8(ProcessedCommand::version),
                text(ProcessedCommand::rejection),
                text(ProcessedCommand::answer));
    }
}
