package banking.projection;

import banking.events.codec.Heartbeat;
import banking.parking.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What of a batch one transaction takes in: heartbeats only move on where a partition stands. */
final class Portion {

    private final Map<TopicPartition, Span> spans = new HashMap<>();
    private final List<Delivery> deliveries;
    private int room;

    /**
     * @param most so many records at the most
     */
    Portion(int most) {
        room = most;
        deliveries = new ArrayList<>(most);
    }

    /**
     * Takes in what there is room for.
     *
     * @param from the offset that comes next, at which or behind which the first record lies
     * @param next the offset behind the last one
     * @return whether there was room for all
     */
    boolean take(
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> records,
            long from,
            long next) {
        int fitting = Math.min(records.size(), room);
        var complete = fitting == records.size();
        if (complete || fitting > 0) {
            var toldAt = Instant.EPOCH;
            for (var record : records.subList(0, fitting)) {
                toldAt = later(toldAt, take(record));
            }
            room -= fitting;
            long to = complete ? next : records.get(fitting).offset();
            spans.put(partition, new Span(partition.partition(), from, to, toldAt));
        }
        return complete;
    }

    private Instant take(ConsumerRecord<byte[], byte[]> record) {
        var sentAt = record.key() == null ? sentAt(record) : null;
        if (sentAt != null) {
            return sentAt;
        }
        var delivery = Delivery.read(record);
        deliveries.add(delivery);
        return delivery instanceof Delivery.Legible legible
                ? legible.event().occurredAt()
                : Instant.EPOCH;
    }

    /** Of a heartbeat; null for all else. */
    private static @Nullable Instant sentAt(ConsumerRecord<byte[], byte[]> record) {
        return Heartbeat.sentAt(
                name -> {
                    var header = record.headers().lastHeader(name);
                    return header == null ? null : header.value();
                });
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    Collection<Span> spans() {
        return spans.values();
    }

    void eachSpan(BiConsumer<TopicPartition, Span> action) {
        spans.forEach(action);
    }

    List<Delivery> deliveries() {
        return deliveries;
    }
}
