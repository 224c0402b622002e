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

/** A row of {@code parked_aggregate}, for reading; {@link Parking} writes it. */
@Entity
@Immutable
@IdClass(ParkedAggregate.Key.class)
class ParkedAggregate extends PanacheEntityBase {

    record Key(String projection, UUID streamId) {}

    @Id String projection;
    @Id UUID streamId;
    int partition;
    long firstOffset;
    String reason;
    long queued;
    Instant parkedAt;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it in.
    protected ParkedAggregate() {}

    static List<ParkedAggregate> page(String projection, @Nullable UUID after, int limit) {
        var page =
                after == null
                        ? find("projection = ?1 order by streamId", projection)
                        : find(
                                "projection = ?1 and streamId > ?2 order by streamId",
                                projection,
                                after);
        return page.<ParkedAggregate>page(0, limit).list();
    }
}
