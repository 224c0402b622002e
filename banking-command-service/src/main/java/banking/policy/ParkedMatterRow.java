package banking.policy;

import banking.events.StreamId;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Page;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A matter that a policy has parked, as operators read it; {@link ParkedMatters} writes it. */
@Entity
@Immutable
@Table(name = "parked_matter")
@IdClass(ParkedMatterRow.Key.class)
class ParkedMatterRow extends PanacheEntityBase {

    record Key(String policy, UUID streamId, UUID matter) {}

    @Id String policy;
    @Id UUID streamId;
    @Id UUID matter;
    long since;
    long until;
    String reason;
    int attempts;
    Instant parkedAt;
    @Nullable Instant retryAt;

    @SuppressWarnings("NullAway.Init") // Hibernate makes and fills it.
    protected ParkedMatterRow() {}

    /** In the order of streams and matters. */
    static List<Parked> page(String policy, Matter after, int limit) {
        return ParkedMatterRow.<ParkedMatterRow>find(
                        "policy = ?1 and (streamId, matter) > (?2, ?3) order by streamId, matter",
                        policy,
                        after.stream().value(),
                        after.id())
                .page(Page.ofSize(limit))
                .stream()
                .map(ParkedMatterRow::parked)
                .toList();
    }

    private Parked parked() {
        return new Parked(
                new Matter(new StreamId(streamId), matter),
                since,
                until,
                reason,
                attempts,
                parkedAt,
                retryAt);
    }
}
