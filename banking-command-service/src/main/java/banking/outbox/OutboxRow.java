package banking.outbox;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** What can be shown of events that were committed together and are not known to be published. */
@Entity
@Immutable
@Table(name = "outbox")
@IdClass(OutboxRow.Key.class)
class OutboxRow extends PanacheEntityBase {

    record Key(short shard, long position) {}

    @Id short shard;
    @Id long position;
    int events;
    Instant since;

    @SuppressWarnings("NullAway.Init") // Hibernate makes and fills it.
    protected OutboxRow() {}
}
