package banking.journal;

import banking.database.Transactions;
import banking.events.CustomerId;
import banking.events.StreamId;
import banking.events.codec.PersonalData;
import banking.events.codec.PersonalKey;
import banking.events.codec.RecordedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The journal as those read it who inspect it: a page at a time, without locks. */
@ApplicationScoped
public class JournalReader {

    private static final int REPLAY_PAGE = 500;
    private static final int MOST_OF_A_COMMAND = 100;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Transactions transactions;
    private final CustomerKeys keys;

    JournalReader(Transactions transactions, CustomerKeys keys) {
        this.transactions = transactions;
        this.keys = keys;
    }

    /** A stream and the version it stands at. */
    public record StreamSummary(String id, long version) {}

    /**
     * @param after the last id of the page before; null for the first page
     */
    public List<StreamSummary> streams(String type, @Nullable StreamId after, int limit) {
        var last = after == null ? BEFORE_ALL : after.value();
        var sql =
                """
                select stream_id, version from stream where type = ? and stream_id > ?
                order by stream_id limit ?""";
        return read(
                s ->
                        s.write(sql, type, last, limit)
                                .query(row -> new StreamSummary(row.getString(1), row.getLong(2))));
    }

    /** A stream that is to be given a command, and when. */
    public record DueStream(UUID streamId, String type, Instant dueAt) {

        public StreamId id() {
            return new StreamId(streamId);
        }
    }

    /**
     * Streams whose next command is due, the longest due first, as they stand at this moment.
     *
     * @param after the last of the page before; null for the first page
     */
    public List<DueStream> due(Instant now, @Nullable DueStream after, int limit) {
        var last = after == null ? new DueStream(BEFORE_ALL, "", Instant.EPOCH) : after;
        var sql =
                """
                select stream_id, type, due_at from stream
                where due_at <= ? and (due_at, stream_id) > (?, ?)
                order by due_at, stream_id limit ?""";
        return read(
                s ->
                        s.write(
                                        sql,
                                        now.atOffset(ZoneOffset.UTC),
                                        last.dueAt.atOffset(ZoneOffset.UTC),
                                        last.streamId,
                                        limit)
                                .query(JournalReader::due));
    }

    private static DueStream due(ResultSet row) throws SQLException {
        return new DueStream(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant());
    }

    /** A stream that is about a customer, and the version it stands at. */
    public record StreamOfCustomer(String type, StreamId id, long version) {}

    /**
     * The streams that are about a customer, its own among them.
     *
     * @param after the last of the page before; null for the first page
     */
    public List<StreamOfCustomer> about(
            CustomerId customer, @Nullable StreamOfCustomer after, int limit) {
        var sql =
                """
                select type, stream_id, version from stream
                where customer_id = ? and (type, stream_id) > (?, ?)
                order by type, stream_id limit ?""";
        return read(
                s ->
                        s.write(
                                        sql,
                                        customer.value(),
                                        after == null ? "" : after.type,
                                        after == null ? BEFORE_ALL : after.id.value(),
                                        limit)
                                .query(
                                        row ->
                                                new StreamOfCustomer(
                                                        row.getString(1),
                                                        new StreamId(row.getObject(2, UUID.class)),
                                                        row.getLong(3))));
    }

    /** Whether there is such a stream of such a type, be it that only events are left of it. */
    public boolean exists(String type, StreamId id) {
        var sql =
                """
                select 1 from stream where stream_id = ? and type = ?
                union all
                select 1 from event where stream_id = ? and version = (
                    select min(version) from event where stream_id = ?)
                    and not exists (select from stream where stream_id = ?)""";
        var uuid = id.value();
        return read(s -> s.write(sql, uuid, type, uuid, uuid, uuid).find(row -> row.getInt(1)))
                .isPresent();
    }

    /** Where a stream stands; empty where there is none of this type. */
    public Optional<StoredStream> stands(String type, StreamId id) {
        return read(s -> JournalLookup.read(s, type, id));
    }

    /** The stream's events with a version above {@code after}, oldest first. */
    public List<RecordedEvent> events(StreamId id, long after, int limit) {
        var sql =
                """
                select {columns} from event e
                where stream_id = ? and version > ?
                order by version limit ?"""
                        .replace("{columns}", EventColumns.recorded("e"));
        return read(s -> s.write(sql, id.value(), after, limit).query(EventColumns::readRecorded));
    }

    /** All events that the command has added to the stream which added this version's. */
    public List<RecordedEvent> eventsOfCommand(StreamId id, long version) {
        var sql =
                """
                select {columns} from event e
                where stream_id = ? and version between ? and ? and command_id = (
                    select command_id from event where stream_id = ? and version = ?)
                order by version"""
                        .replace("{columns}", EventColumns.recorded("e"));
        var stream = id.value();
        return read(
                s ->
                        s.write(
                                        sql,
                                        stream,
                                        version - MOST_OF_A_COMMAND,
                                        version + MOST_OF_A_COMMAND,
                                        stream,
                                        version)
                                .query(EventColumns::readRecorded));
    }

    /** The stream's events up to a version, oldest first, read page by page as they are taken. */
    public Stream<RecordedEvent> eventsUpTo(StreamId id, long version) {
        return Stream.iterate(
                        events(id, 0, REPLAY_PAGE),
                        page -> !page.isEmpty(),
                        page -> events(id, page.getLast().event().version(), REPLAY_PAGE))
                .flatMap(List::stream)
                .takeWhile(event -> event.event().version() <= version);
    }

    /** What opens the events of a stream; null where nothing of them is sealed, or for good. */
    public @Nullable PersonalKey key(StreamId stream) {
        var customer =
                events(stream, 0, 1).stream()
                        .map(RecordedEvent::event)
                        .map(PersonalData::sealedIn)
                        .filter(Objects::nonNull)
                        .findFirst();
        return customer.isEmpty()
                ? null
                : read(s -> Optional.ofNullable(keys.find(s, customer.get()))).orElse(null);
    }

    /** Without a session, which would keep every row. */
    <T> T read(Transactions.Work<T> query) {
        try {
            return transactions.single(query);
        } catch (SQLException e) {
            throw new IllegalStateException("the journal cannot be read", e);
        }
    }
}
