package banking.projection;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.List;
import org.hibernate.annotations.Immutable;

/** A row of {@code projection_offset}, for reading; {@link Offsets} writes it. */
@Entity
@Immutable
@IdClass(ProjectionOffset.Key.class)
class ProjectionOffset extends PanacheEntityBase {

    record Key(String projection, String topic, int partition) {}

    @Id String projection;
    @Id String topic;
    @Id int partition;
    long next;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it in.
    protected ProjectionOffset() {}

    static List<ProjectionOffset> of(String projection) {
        return list("projection = ?1 order by topic, partition", projection);
    }
}
