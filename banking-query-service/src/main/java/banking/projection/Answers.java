package banking.projection;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What operators are told, as JSON. */
final class Answers {

    private Answers() {}

    @Schema(name = "Projections")
    record All(List<One> projections) {}

    /**
     * @param parked how many aggregates wait
     * @param nameless how many records name no aggregate
     * @param failure why the projection stands still in the process that answers
     */
    @Schema(name = "Projection")
    record One(
            String projection,
            String topic,
            long parked,
            long nameless,
            @Nullable String failure,
            List<Partition> partitions) {}

    /**
     * @param next the offset to be read next
     * @param end the offset after the last record; absent while Kafka is away
     */
    @Schema(name = "PartitionProgress")
    record Partition(int partition, long next, @Nullable Long end, @Nullable Long lag) {}

    @Schema(name = "ParkedPage")
    record ParkedPage(List<Parked> parked, @Nullable UUID next) {}

    @Schema(name = "ParkedAggregate")
    record Parked(
            UUID streamId,
            int partition,
            long firstOffset,
            String reason,
            long queued,
            Instant parkedAt) {}

    @Schema(name = "NamelessPage")
    record NamelessPage(List<Nameless> nameless, @Nullable String next) {}

    @Schema(name = "NamelessRecord")
    record Nameless(int partition, long offset, String reason, Instant receivedAt) {}

    /**
     * @param applied how many events the views have taken in
     * @param queued how many records still wait
     * @param reason why the first of those cannot be applied
     */
    @Schema(name = "Replay")
    record Replayed(UUID streamId, long applied, long queued, @Nullable String reason) {}
}
