package banking.inspection;

import banking.parking.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

final class Answers {

    private Answers() {}

    @Schema(name = "Projections")
    record All(Instant asOf, List<One> projections) {}

    /**
     * @param parked how many aggregates wait
     * @param nameless how many records name no aggregate, and wait for somebody
     * @param failure why the projection stands still, as far as the process that answers can tell
     */
    @Schema(name = "Projection")
    record One(
            String projection,
            String topic,
            long parked,
            long nameless,
            @Nullable String failure,
            List<Partition> partitions) {}

    @Schema(name = "PartitionProgress")
    record Partition(int partition, long next, @Nullable Long end, @Nullable Long lag) {}

    /**
     * @param id of the aggregate
     * @param version of the last event that its view has taken in
     * @param hash of that event, in hexadecimal
     */
    @Schema(name = "Head")
    record Head(UUID id, long version, String hash) {}

    @Schema(name = "HeadsPage")
    record HeadsPage(List<Head> heads, @Nullable UUID next) {}

    @Schema(name = "ParkedPage")
    record ParkedPage(List<Parked> parked, @Nullable UUID next) {}

    @Schema(name = "ParkedAggregate")
    record Parked(
            UUID streamId,
            int partition,
            long firstOffset,
            String reason,
            long queued,
            Instant parkedAt) {

        static Parked of(ParkedAggregate row) {
            return new Parked(
                    row.streamId,
                    row.partition,
                    row.firstOffset,
                    row.reason,
                    row.queued,
                    row.parkedAt);
        }
    }

    @Schema(name = "NamelessPage")
    record NamelessPage(List<NamelessRecords.Nameless> nameless, @Nullable String next) {}

    @Schema(name = "Header")
    record Header(String name, String value) {}

    @Schema(name = "NamelessContent")
    record NamelessContent(
            String place,
            @Nullable String key,
            List<Header> headers,
            @Nullable String payload,
            int payloadBytes) {

        private static final int MAX_BYTES = 10_000;

        static NamelessContent of(StoredRecord stored) {
            var kafka = stored.kafka();
            var payload = kafka.value();
            return new NamelessContent(
                    new NamelessRecords.Place(kafka.partition(), kafka.offset()).toString(),
                    text(kafka.key()),
                    Arrays.stream(kafka.headers().toArray())
                            .map(h -> new Header(h.key(), String.valueOf(text(h.value()))))
                            .toList(),
                    text(payload),
                    payload == null ? 0 : payload.length);
        }

        /** What is no text in UTF-8 shows as question marks. */
        private static @Nullable String text(byte @Nullable [] bytes) {
            return bytes == null
                    ? null
                    : new String(
                            bytes, 0, Math.min(bytes.length, MAX_BYTES), StandardCharsets.UTF_8);
        }
    }

    @Schema(name = "Skipped")
    record Skipped(List<String> skipped) {}

    @Schema(name = "Replay")
    record Replayed(UUID streamId, long applied, long queued, @Nullable String reason) {}
}
