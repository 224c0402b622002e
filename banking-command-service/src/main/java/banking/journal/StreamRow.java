package banking.journal;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Where a stream stands. */
@Entity
@Immutable
@Table(name = "stream")
class StreamRow extends PanacheEntityBase {

    @Id UUID streamId;
    String type;
    long version;
    @Nullable String state;
    byte[] hash;
    byte @Nullable [] seal;
    @Nullable Instant dueAt;

    @SuppressWarnings("NullAway.Init") // Hibernate makes and fills it.
    protected StreamRow() {}
}
