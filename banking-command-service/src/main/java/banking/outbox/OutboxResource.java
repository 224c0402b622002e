package banking.outbox;

import banking.database.Reads;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What waits to be published, for operators and auditors. */
@Path("/outbox")
@RolesAllowed({"operator", "auditor"})
@Produces(MediaType.APPLICATION_JSON)
@Reads
public class OutboxResource {

    private final OutboxStatus status;

    OutboxResource(OutboxStatus status) {
        this.status = status;
    }

    /**
     * @param oldestAgeSeconds for how long the oldest unpublished event has waited; null where
     *     there is none
     * @param shards those that have rows
     */
    public record OutboxAnswer(
            long unpublished, @Nullable Double oldestAgeSeconds, List<OutboxStatus.Shard> shards) {}

    @GET
    @Operation(summary = "How many committed events are not known to be published, by shard")
    public OutboxAnswer outbox() {
        var shards = status.shards();
        return new OutboxAnswer(
                shards.stream().mapToLong(OutboxStatus.Shard::unpublished).sum(),
                shards.stream()
                        .map(OutboxStatus.Shard::oldestAgeSeconds)
                        .max(Double::compare)
                        .orElse(null),
                shards);
    }
}
