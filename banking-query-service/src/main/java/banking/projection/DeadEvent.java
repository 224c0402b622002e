package banking.projection;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What can be shown of a row of {@code dead_event}; {@link Parking} writes it. */
@Entity
@Immutable
@IdClass(DeadEvent.Key.class)
class DeadEvent extends PanacheEntityBase {

    record Key(String projection, String topic, int partition, long recordOffset) {}

    @Id String projection;
    @Id String topic;
    @Id int partition;
    @Id long recordOffset;
    @Nullable UUID streamId;
    String reason;
    Instant receivedAt;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it in.
    protected DeadEvent() {}

    /** The records that name no aggregate, in the order of their places. */
    static List<DeadEvent> nameless(
            String projection, int afterPartition, long afterOffset, int limit) {
        return DeadEvent.<DeadEvent>find(
                        "projection = ?1 and streamId is null"
                                + " and (partition > ?2 or partition = ?2 and recordOffset > ?3)"
                                + " order by partition, recordOffset",
                        projection,
                        afterPartition,
                        afterOffset)
                .page(0, limit)
                .list();
    }

    static long countNameless(String projection) {
        return count("projection = ?1 and streamId is null", projection);
    }
}
