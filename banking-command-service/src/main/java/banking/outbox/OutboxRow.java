package banking.outbox;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** An event that was committed and is not known to be published. */
@Entity
@Immutable
@Table(name = "outbox")
@IdClass(OutboxRow.Key.class)
class OutboxRow extends PanacheEntityBase {

    record Key(short shard, long position) {}

    @Id short shard;
    @Id long position;
    UUID streamId;
    long version;

    @SuppressWarnings("NullAway.Init") // Hibernate makes and fills it.
    protected OutboxRow() {}
}
