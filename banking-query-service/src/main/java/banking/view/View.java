package banking.view;

import banking.events.Event;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.UUID;

/**
 * The row of an aggregate, which its events change one after the other. Only its projection writes
 * it; queries find it as it is.
 */
@MappedSuperclass
@SuppressWarnings("NullAway.Init") // Hibernate or the projection fills it in.
public abstract class View<E extends Event> extends PanacheEntityBase {

    @Id public UUID id;

    /** Of the last event that is in it; 0 before the first. */
    public long version;

    /** The last event's, which the next one names. */
    byte[] hash;

    /**
     * Takes in the next event.
     *
     * @throws RuntimeException when it cannot be the next; then nothing has changed yet
     */
    protected abstract void apply(E event, Instant at);

    protected final boolean isNew() {
        return version == 0;
    }
}
