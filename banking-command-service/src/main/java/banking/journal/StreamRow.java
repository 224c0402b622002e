package banking.journal;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** Where a stream stands. */
@Entity
@Immutable
@Table(name = "stream")
class StreamRow extends PanacheEntityBase {

    @Id UUID streamId;
    String type;
    long version;
    String state;
    byte[] hash;

    @SuppressWarnings("NullAway.Init") // Hibernate makes and fills it.
    protected StreamRow() {}
}
