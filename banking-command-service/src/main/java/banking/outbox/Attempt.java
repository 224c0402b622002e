package banking.outbox;

import banking.events.CustomerId;
import banking.events.StreamId;
import banking.events.Topic;
import banking.events.codec.EventCodec;
import banking.events.codec.PersonalData;
import banking.events.codec.RecordedEvent;
import banking.events.codec.UnreadableEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * The events of one stream on their way to Kafka. They are handed over and answered in their order;
 * once one is refused, none behind it is sent, so that nothing overtakes it.
 */
final class Attempt implements Callback {

    private final StreamId stream;
    private final KafkaPublisher kafka;
    private final List<RecordedEvent> events = new ArrayList<>();
    private @Nullable String topic;
    private @Nullable TopicPartition place;
    private @Nullable CustomerId customer;
    private @Nullable TopicPartition keyPlace;
    private Optional<String> key = Optional.empty();
    private boolean keyUnderWay;
    private @Nullable Runnable whenAnswered;
    private int handedOver;
    private int answered;
    private int acknowledged;
    private long nextOffset;
    private @Nullable Exception refusal;
    private boolean ended;

    Attempt(StreamId stream, KafkaPublisher kafka) {
        this.stream = stream;
        this.kafka = kafka;
    }

    StreamId stream() {
        return stream;
    }

    void add(RecordedEvent event) {
        events.add(event);
    }

    @Nullable String topic() {
        return topic;
    }

    /** Where the events go; null where that is not known, which is then the refusal. */
    @Nullable TopicPartition place() {
        return place;
    }

    /** The customer without whose key the events cannot be read, or are the end of it. */
    @Nullable CustomerId customer() {
        for (var event : events) {
            var found = PersonalData.keyOf(event.event());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * Lets the key go before the events.
     *
     * @param wrapped nothing where it is destroyed
     */
    void after(CustomerId whose, Optional<String> wrapped) {
        customer = whose;
        key = wrapped;
    }

    void locate() throws InterruptedException {
        try {
            if (customer != null) {
                topic = Topic.KEYS;
                keyPlace = kafka.place(topic, customer.stream());
            }
            topic = EventCodec.STANDARD.topic(events.getFirst().event());
            place = kafka.place(topic, stream);
        } catch (ApiException | UnreadableEventException e) {
            refuse(e);
        }
    }

    /** Sends nothing, for this reason. */
    synchronized void refuse(Exception reason) {
        refusal = reason;
        ended = true;
    }

    /**
     * @param whenAnswered is run once, on whatever thread, when nothing is left to wait for
     */
    void send(Runnable whenAnswered) {
        var to = Objects.requireNonNull(place, "nobody knows where the events go");
        synchronized (this) {
            this.whenAnswered = whenAnswered;
            keyUnderWay = keyPlace != null;
        }
        if (customer == null || keyPlace == null) {
            sendEvents(to);
            return;
        }
        kafka.send(
                keyPlace,
                customer,
                key,
                (_, failure) -> {
                    synchronized (this) {
                        keyUnderWay = false;
                    }
                    if (failure == null) {
                        sendEvents(to);
                    } else {
                        refuse(failure);
                        tellWhenAnswered();
                    }
                });
    }

    private void sendEvents(TopicPartition to) {
        for (var event : events) {
            if (!handOver()) {
                break;
            }
            kafka.send(to, event, this);
        }
        synchronized (this) {
            ended = true;
        }
        tellWhenAnswered();
    }

    private synchronized boolean handOver() {
        handedOver += refusal == null ? 1 : 0;
        return refusal == null;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        synchronized (this) {
            answered++;
            if (failure == null && refusal == null) {
                acknowledged++;
                nextOffset = metadata == null ? nextOffset : metadata.offset() + 1;
            } else if (refusal == null) {
                refusal = failure;
                if (handedOver > answered && place != null) {
                    kafka.abort(place.topic());
                }
            }
        }
        tellWhenAnswered();
    }

    private void tellWhenAnswered() {
        Runnable told;
        synchronized (this) {
            if (!isAnswered()) {
                return;
            }
            told = whenAnswered;
            whenAnswered = null;
        }
        if (told != null) {
            told.run();
        }
    }

    /** Whether Kafka may still answer. */
    synchronized boolean isUnderWay() {
        return keyUnderWay || answered < handedOver;
    }

    /** Whether it has come to its end, whatever that is. */
    synchronized boolean isAnswered() {
        return ended && !isUnderWay();
    }

    /** Why the event behind those that are acknowledged is not; null where none was refused. */
    synchronized @Nullable Exception refusal() {
        return refusal;
    }

    synchronized List<RecordedEvent> acknowledged() {
        return events.subList(0, acknowledged);
    }

    /** The offset behind the last of them. */
    synchronized long nextOffset() {
        return nextOffset;
    }

    synchronized List<RecordedEvent> rest() {
        return events.subList(acknowledged, events.size());
    }

    /** The version that comes next: the lowest of the rest, or what follows on all of them. */
    long next() {
        var rest = rest();
        return rest.isEmpty()
                ? events.stream().mapToLong(RecordedEvent::version).max().orElse(0) + 1
                : rest.stream().mapToLong(RecordedEvent::version).min().orElseThrow();
    }
}
