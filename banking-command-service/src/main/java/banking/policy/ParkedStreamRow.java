package banking.policy;

import banking.events.StreamId;
import banking.policy.ParkedStreams.Parked;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A stream that a policy has parked, as operators read it. */
@Entity
@Immutable
@Table(name = "parked_stream")
@IdClass(ParkedStreamRow.Key.class)
class ParkedStreamRow extends PanacheEntityBase {

    record Key(String policy, UUID streamId) {}

    @Id String policy;
    @Id UUID streamId;
    long since;
    long until;
    String reason;
    Instant parkedAt;

    @SuppressWarnings("NullAway.Init") // Hibernate makes and fills it.
    protected ParkedStreamRow() {}

    Parked parked() {
        return new Parked(new StreamId(streamId), since, until, reason, parkedAt);
    }
}
