package banking.policy;

import banking.events.Topic;
import banking.events.codec.CloudEvent;
import banking.events.codec.UnreadableEventException;
import banking.events.codec.WrittenEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings one policy the events of its topics, in a consumer group of its own, so that one which
 * waits holds up no other. How far it is, is told to Kafka only after all its reactions are
 * committed: a crash repeats events, and repeating is harmless.
 */
final class PolicyRunner implements Runnable, ConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(PolicyRunner.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    /** How often Kafka is told how far the policy is; telling costs it as much as a batch. */
    private static final Duration TELL_EVERY = Duration.ofMillis(250);

    /** How often a consumer with a batch under way shows the group that it is alive. */
    private static final Duration SIGN_OF_LIFE = Duration.ofMillis(200);

    /** What comes back under another name could only wait for this one's session to end. */
    private static final CloseOptions FOR_GOOD =
            CloseOptions.timeout(Duration.ofSeconds(1))
                    .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);

    private static final byte[] NOTHING = {};

    private final Reactions reactions;
    private final HeadStart headStart;
    private final Policy policy;
    private final Map<String, Object> kafka;
    private final PolicyConfig config;
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Reacting underWay;
    private boolean revoked;

    /** What Kafka is to be told next, and from when on; empty where it knows. */
    private final Map<TopicPartition, OffsetAndMetadata> untold = new HashMap<>();

    private long tellAt;

    PolicyRunner(Reactions reactions, HeadStart headStart, Map<String, Object> kafka) {
        this.reactions = reactions;
        this.headStart = headStart;
        this.kafka = kafka;
        policy = reactions.policy();
        config = reactions.config();
        thread = Thread.ofPlatform().name("policy-" + policy.name()).unstarted(this);
        reactions.progress().on(thread);
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        stop.countDown();
        var connected = consumer;
        if (connected != null) {
            connected.wakeup();
        }
        thread.join(config.longestBackOff());
    }

    @Override
    public void run() {
        while (!isStopped()) {
            try (var connected =
                    new KafkaConsumer<>(
                            kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = connected;
                connected.subscribe(topics(policy), this);
                try {
                    follow(connected);
                } finally {
                    if (isStopped()) {
                        connected.close(FOR_GOOD);
                    }
                }
            } catch (WakeupException e) {
                LOG.debugf("%s is told to stop", policy.name());
            } catch (RuntimeException e) {
                LOG.debugf(e, "%s begins again where Kafka was told last", policy.name());
                reactions.progress().failed(e.toString());
                rest();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    private void rest() {
        try {
            var pause = config.longestBackOff().toMillis();
            if (stop.await(pause, TimeUnit.MILLISECONDS)) {
                LOG.debugf("%s is told to stop", policy.name());
            }
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    static List<String> topics(Policy policy) {
        return policy.reactsTo().stream().map(Topic::of).distinct().sorted().toList();
    }

    private void follow(KafkaConsumer<byte[], byte[]> connected) throws InterruptedException {
        untold.clear();
        while (!isStopped()) {
            var begun = System.nanoTime();
            reactions.progress().begins();
            var records = connected.poll(untold.isEmpty() ? POLL : TELL_EVERY);
            // After a rebalance in the middle of a batch, its partitions begin again where Kafka
            // was told last; what has been polled by then belongs to the new assignment.
            while (!records.isEmpty() && !isStopped()) {
                records = take(connected, records);
            }
            tellWhenDue(connected);
            reactions.progress().well();
            pauseUntil(begun + config.pace().toNanos());
        }
    }

    private static void pauseUntil(long nanos) throws InterruptedException {
        var left = nanos - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    /**
     * @return what came in meanwhile from partitions that were assigned anew
     */
    private ConsumerRecords<byte[], byte[]> take(
            KafkaConsumer<byte[], byte[]> connected, ConsumerRecords<byte[], byte[]> records)
            throws InterruptedException {
        var events = relevant(records);
        ConsumerRecords<byte[], byte[]> next = ConsumerRecords.empty();
        if (!events.isEmpty()) {
            var batch = new Reacting(reactions, headStart, events);
            underWay = batch;
            revoked = false;
            try {
                connected.pause(connected.assignment());
                while (!batch.await(SIGN_OF_LIFE) && next.isEmpty()) {
                    next = connected.poll(Duration.ZERO);
                }
                connected.resume(connected.assignment());
            } finally {
                batch.abort();
                underWay = null;
            }
            if (revoked) {
                return next;
            }
            if (batch.isIncomplete()) {
                throw new IllegalStateException("a batch has not come to its end");
            }
        }
        if (untold.isEmpty()) {
            tellAt = System.nanoTime() + TELL_EVERY.toNanos();
        }
        records.nextOffsets()
                .forEach((place, offset) -> untold.put(place, dated(offset, records, place)));
        return next;
    }

    /** With where the policy is goes since when that is true, so that whoever asks sees its lag. */
    private static OffsetAndMetadata dated(
            OffsetAndMetadata offset,
            ConsumerRecords<byte[], byte[]> records,
            TopicPartition place) {
        var taken = records.records(place);
        var sentAt =
                taken.isEmpty() ? null : CloudEvent.time(name -> header(taken.getLast(), name));
        return sentAt == null
                ? offset
                : new OffsetAndMetadata(offset.offset(), offset.leaderEpoch(), sentAt.toString());
    }

    private void tellWhenDue(KafkaConsumer<byte[], byte[]> connected) {
        if (!untold.isEmpty() && System.nanoTime() - tellAt >= 0) {
            connected.commitAsync(
                    Map.copyOf(untold),
                    (told, failure) -> {
                        // On this thread, as all callbacks of the client.
                        if (failure != null) {
                            told.forEach(untold::putIfAbsent);
                            untold.keySet().retainAll(connected.assignment());
                        }
                    });
            untold.clear();
            tellAt = System.nanoTime() + TELL_EVERY.toNanos();
        }
    }

    /** Most events concern no policy; they are not even read. */
    private List<WrittenEvent> relevant(ConsumerRecords<byte[], byte[]> records) {
        var events = new ArrayList<WrittenEvent>();
        for (var record : records) {
            var type = CloudEvent.type(name -> header(record, name));
            if (type == null || !reactions.types().contains(type)) {
                continue;
            }
            try {
                var value = record.value();
                events.add(
                        CloudEvent.read(
                                name -> header(record, name), value == null ? NOTHING : value));
            } catch (UnreadableEventException e) {
                // Not one of the relay's: the journal holds every event that is.
                LOG.errorf(e, "%s passes over a record: %s", policy.name(), record);
            }
        }
        return events;
    }

    private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        LOG.debugf("%s follows %s", policy.name(), partitions);
    }

    /** Whoever gets the partitions next must not find reactions under way. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        untold.keySet().removeAll(partitions);
        var batch = underWay;
        if (batch != null) {
            revoked = true;
            try {
                batch.abort();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
