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
                select topic, partition, record_offset, stream_version, record_key,
                    header_names, header_values, payload
                from dead_event
                where projection = ? and stream_id = ?
                  and (stream_version, partition, record_offset) > (?, ?, ?)
                order by stream_version, partition, record_offset limit ?""";
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
                        delete from dead_event d
                        using unnest(?, ?, ?) as r (topic, partition, record_offset)
                        where d.projection = ? and d.topic = r.topic
                          and d.partition = r.partition and d.record_offset = r.record_offset""")
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
                delete from dead_event
                where projection = ? and stream_id = ? and stream_version <= ?
                  and (stream_version > 0 or record_offset < ?)""";
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
                update parked_aggregate p
                set queued = d.queued, reason = coalesce(nullif(?, ''), p.reason),
                    unfinished = (? = ''),
                    first_offset = coalesce(d.first_offset, p.first_offset)
                from (select count(*) as queued, min(record_offset) as first_offset
                      from dead_event where projection = ? and stream_id = ?) d
                where p.projection = ? and p.stream_id = ?
                returning p.queued""";
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
                delete from parked_aggregate
                where projection = ? and stream_id = ? and queued = 0""";
        statements.write(free, projection, stream.value());
        return queued;
    }
}
