package banking.parking;

import banking.database.Statements;
import banking.events.StreamId;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The records that wait behind one parked aggregate of one projection. */
public record ParkedQueue(Statements statements, String projection, StreamId stream) {

    public List<StoredRecord> page(StoredRecord.Place after, int limit) throws SQLException {
        var sql =
                """
                SELECT topic, partition, record_offset, stream_version, record_key,
                    header_names, header_values, payload
                FROM dead_event
                WHERE projection = ? AND stream_id = ?
                  AND (stream_version, partition, record_offset) > (?, ?, ?)
                ORDER BY stream_version, partition, record_offset LIMIT ?""";
        return statements
                .write(
                        sql,
                        projection,
                        stream.value(),
                        after.version(),
                        after.partition(),
                        after.offset(),
                        limit)
                .query(StoredRecord::from);
    }

    /** Takes the records of a page out of the queue, but for those that are still dead. */
    public void remove(List<StoredRecord> page, List<Dead> dead) throws SQLException {
        var waiting = dead.stream().map(d -> d.delivery().kafka()).collect(Collectors.toSet());
        var gone = page.stream().filter(stored -> !waiting.contains(stored.kafka())).toList();
        statements
                .write(
                        """
                        DELETE FROM dead_event d
                        USING unnest(?, ?, ?) AS r (topic, partition, record_offset)
                        WHERE d.projection = ? AND d.topic = r.topic
                          AND d.partition = r.partition AND d.record_offset = r.record_offset""")
                .add("text", gone, stored -> stored.kafka().topic())
                .add("int4", gone, stored -> stored.kafka().partition())
                .addLongs(gone, stored -> stored.kafka().offset())
                .add(projection);
    }

    /**
     * Forgets what the aggregate has passed: records of versions that it has taken in, and nameless
     * ones from before the event that it took in last. Since versions have no gaps, nothing that
     * those might have been is missing.
     */
    public void removePassed(Newest newest) {
        var sql =
                """
                DELETE FROM dead_event
                WHERE projection = ? AND stream_id = ? AND stream_version <= ?
                  AND (stream_version > 0 OR record_offset < ?)""";
        statements.write(sql, projection, stream.value(), newest.version(), newest.offset());
    }

    /**
     * Lets the aggregate go if nothing waits any more.
     *
     * @param reason why the first of those that still wait could not be applied; empty where nobody
     *     has tried it yet
     * @return how many records still wait
     */
    public long settle(String reason) throws SQLException {
        var sql =
                """
                UPDATE parked_aggregate p
                SET queued = d.queued, reason = coalesce(nullif(?, ''), p.reason),
                    unfinished = (? = ''),
                    first_offset = coalesce(d.first_offset, p.first_offset)
                FROM (SELECT count(*) AS queued, min(record_offset) AS first_offset
                      FROM dead_event WHERE projection = ? AND stream_id = ?) d
                WHERE p.projection = ? AND p.stream_id = ?
                RETURNING p.queued""";
        long queued =
                statements
                        .write(
                                sql,
                                reason,
                                reason,
                                projection,
                                stream.value(),
                                projection,
                                stream.value())
                        .find(row -> row.getLong(1))
                        .orElse(0L);
        var free =
                """
                DELETE FROM parked_aggregate
                WHERE projection = ? AND stream_id = ? AND queued = 0""";
        statements.write(free, projection, stream.value());
        return queued;
    }
}
