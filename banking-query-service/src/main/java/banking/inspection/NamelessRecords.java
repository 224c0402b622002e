package banking.inspection;

import banking.database.Transactions;
import banking.database.ViewTable;
import banking.parking.StoredRecord;
import banking.projection.Projection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The dead records that name no aggregate. No replay will ever take them in; somebody looks at them
 * and says why they may be forgotten. They stay where they are, with that.
 */
@ApplicationScoped
public class NamelessRecords {

    private final Transactions transactions;

    NamelessRecords(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Where a record stands in its topic, as in {@code 3-1234}. */
    public record Place(int partition, long offset) {

        static final String FORM = "[0-9]{1,9}-[0-9]{1,18}";
        public static final Place START = new Place(-1, 0);

        static Place parse(String text) {
            var parts = text.split("-", 2);
            return new Place(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
        }

        @Override
        public String toString() {
            return partition + "-" + offset;
        }
    }

    /**
     * @param reason why it is dead
     * @param because why nobody has to look at it any more
     */
    @Schema(name = "NamelessRecord")
    public record Nameless(
            String place,
            int partition,
            long offset,
            String reason,
            Instant receivedAt,
            @Nullable Instant skippedAt,
            @Nullable String skippedBy,
            @Nullable String because) {

        static Nameless of(ResultSet row) throws SQLException {
            var place = new Place(row.getInt("partition"), row.getLong("record_offset"));
            return new Nameless(
                    place.toString(),
                    place.partition,
                    place.offset,
                    row.getString("reason"),
                    ViewTable.time(row, "received_at"),
                    ViewTable.optionalTime(row, "skipped_at"),
                    row.getString("skipped_by"),
                    row.getString("because"));
        }
    }

    public List<Nameless> page(Projection projection, boolean skipped, Place after, int limit)
            throws SQLException {
        var sql =
                """
                select * from dead_event
                where projection = ? and topic = ? and stream_id is null
                  and (skipped_at is not null) = ?
                  and (partition, record_offset) > (?, ?)
                order by partition, record_offset limit ?""";
        return transactions.single(
                s ->
                        s.write(
                                        sql,
                                        projection.name(),
                                        projection.topic(),
                                        skipped,
                                        after.partition,
                                        after.offset,
                                        limit)
                                .query(Nameless::of));
    }

    Optional<StoredRecord> find(Projection projection, Place place) throws SQLException {
        var sql =
                """
                select * from dead_event
                where projection = ? and topic = ? and stream_id is null
                  and partition = ? and record_offset = ?""";
        return transactions.single(
                s ->
                        s.write(
                                        sql,
                                        projection.name(),
                                        projection.topic(),
                                        place.partition,
                                        place.offset)
                                .find(StoredRecord::from));
    }

    /**
     * Takes records out of those that wait for somebody.
     *
     * @return which of them; those that are missing had been skipped before, or never were
     */
    List<Place> skip(Projection projection, List<Place> places, String by, String because)
            throws SQLException {
        var sql =
                """
                update dead_event d
                set skipped_at = now(), skipped_by = ?,
                    because = ?
                from unnest(?, ?) as p (partition, record_offset)
                where d.projection = ? and d.topic = ?
                  and d.partition = p.partition
                  and d.record_offset = p.record_offset
                  and d.stream_id is null and d.skipped_at is null
                returning d.partition, d.record_offset""";
        return transactions.single(
                s ->
                        s.write(sql, by, because)
                                .add("int4", places, Place::partition)
                                .addLongs(places, Place::offset)
                                .add(projection.name())
                                .add(projection.topic())
                                .query(row -> new Place(row.getInt(1), row.getLong(2))));
    }
}
