package banking.inspection;

import banking.paging.Conditions;
import banking.paging.Page;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code parked_aggregate}, for reading; {@link Parking} writes it. */
@Entity
@Immutable
@IdClass(ParkedAggregate.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills it in.
class ParkedAggregate extends PanacheEntityBase {

    record Key(String projection, UUID streamId) {}

    @Id String projection;
    @Id UUID streamId;
    int partition;
    long firstOffset;
    String reason;
    long queued;
    Instant parkedAt;

    static Page<ParkedAggregate> page(String projection, @Nullable UUID after, int limit) {
        return new Conditions()
                .and("projection = :projection", "projection", projection)
                .and("streamId > :after", "after", after)
                .page((query, values) -> ParkedAggregate.find(query, values), "streamId", limit);
    }
}
