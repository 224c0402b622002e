package banking.journal;

import banking.events.CommandId;
import banking.events.StreamId;
import banking.events.codec.WrittenEvent;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of the journal. */
@Entity
@Immutable
@Table(name = "event")
@IdClass(EventRow.Key.class)
class EventRow extends PanacheEntityBase {

    record Key(UUID streamId, long version) {}

    @Id UUID streamId;
    @Id long version;
    String type;
    int schemaVersion;
    String payload;
    UUID commandId;
    String correlationId;
    String actor;
    Instant occurredAt;
    @Nullable String traceparent;
    byte[] hash;

    @SuppressWarnings("NullAway.Init") // Hibernate makes and fills it.
    protected EventRow() {}

    WrittenEvent written() {
        return new WrittenEvent(
                new StreamId(streamId),
                version,
                type,
                schemaVersion,
                payload,
                correlationId,
                new CommandId(commandId),
                actor,
                occurredAt,
                traceparent);
    }
}
