package banking.parking;

import banking.events.StreamId;
import banking.events.codec.CloudEvent;
import banking.events.codec.RecordedEvent;
import banking.events.codec.UnreadableEventException;
import banking.events.codec.WrittenEvent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record of a topic, as far as it can be read; payloads are left for later. */
public sealed interface Delivery {

    ConsumerRecord<byte[], byte[]> kafka();

    /** Which aggregate the record belongs to, where that much is known. */
    @Nullable StreamId stream();

    record Legible(ConsumerRecord<byte[], byte[]> kafka, RecordedEvent recorded)
            implements Delivery {

        public WrittenEvent event() {
            return recorded.event();
        }

        @Override
        public StreamId stream() {
            return recorded.streamId();
        }
    }

    record Illegible(ConsumerRecord<byte[], byte[]> kafka, @Nullable StreamId stream, String reason)
            implements Delivery {}

    byte[] NOTHING = {};
    int UUID_LENGTH = 36;

    static Delivery read(ConsumerRecord<byte[], byte[]> kafka) {
        var keyed = streamOf(kafka.key());
        try {
            var payload = kafka.value();
            var recorded =
                    CloudEvent.readRecorded(
                            name -> {
                                var header = kafka.headers().lastHeader(name);
                                return header == null ? null : header.value();
                            },
                            payload == null ? NOTHING : payload);
            if (!recorded.streamId().equals(keyed)) {
                // Its partition follows from the key, and a view has one writer per partition.
                return new Illegible(
                        kafka, null, "the key is not the aggregate's id " + recorded.streamId());
            }
            return recorded.version() < 1
                    ? new Illegible(kafka, keyed, "there is no version " + recorded.version())
                    : new Legible(kafka, recorded);
        } catch (UnreadableEventException e) {
            return new Illegible(kafka, keyed, Reason.of(e));
        }
    }

    private static @Nullable StreamId streamOf(byte @Nullable [] key) {
        if (key == null || key.length != UUID_LENGTH) {
            return null;
        }
        try {
            return StreamId.fromString(new String(key, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
