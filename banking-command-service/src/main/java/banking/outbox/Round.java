package banking.outbox;

import banking.database.Statements;
import banking.database.Transactions;
import banking.events.StreamId;
import banking.events.codec.RecordedEvent;
import banking.outbox.Outbox.Bundle;
import banking.outbox.RefusedStreams.Rest;
import banking.outbox.WaitingBundles.Waiting;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/**
 * One round of the relay: the oldest rows of its shards, handed to Kafka stream by stream. What is
 * acknowledged and what is refused leave the outbox together, the one for good and the other for
 * the {@link RefusedStreams}: so a stream holds up itself and nothing else.
 */
final class Round {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Transactions transactions;
    private final Outbox outbox;
    private final KafkaPublisher kafka;
    private final OutboxConfig config;
    private final Retries retries;
    private final Instant begun = Instant.now();
    private final List<Waiting> rows = new ArrayList<>();
    private final List<Waiting> heartbeats = new ArrayList<>();
    private final List<Waiting> unreadable = new ArrayList<>();
    private final Map<StreamId, Attempt> attempts = new LinkedHashMap<>();
    private final Set<UUID> refusedBefore = new HashSet<>();

    Round(
            Transactions transactions,
            Outbox outbox,
            KafkaPublisher kafka,
            OutboxConfig config,
            Retries retries) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.kafka = kafka;
        this.config = config;
        this.retries = retries;
    }

    /**
     * @param oldest as {@link WaitingBundles#oldest} gives them
     */
    void take(List<Waiting> oldest) throws SQLException {
        var events = events(oldest);
        var ended = new HashSet<Integer>();
        for (var row : oldest) {
            var shard = row.bundle().shard();
            var ofRow = events.get(row.bundle());
            if (ofRow == null || ended.contains(shard)) {
                ended.add(shard);
                continue;
            }
            rows.add(row);
            if (row.isHeartbeat()) {
                heartbeats.add(row);
            } else if (ofRow.size() == row.events()) {
                refusedBefore.addAll(row.refused());
                ofRow.forEach(this::take);
            } else {
                unreadable.add(row);
                ended.add(shard);
            }
        }
    }

    private void take(RecordedEvent event) {
        attempts.computeIfAbsent(event.streamId(), id -> new Attempt(id, kafka)).add(event);
    }

    /**
     * The rows' events, from memory or else from the journal. Those of a row that is missing here
     * are for another round; a row that has too few here has something that cannot be read.
     */
    private Map<Bundle, List<RecordedEvent>> events(List<Waiting> oldest) throws SQLException {
        var events = new HashMap<Bundle, List<RecordedEvent>>();
        var unknown = new ArrayList<Waiting>();
        for (var row : oldest) {
            var remembered =
                    row.isHeartbeat() ? List.<RecordedEvent>of() : outbox.recall(row.bundle());
            if (remembered == null) {
                unknown.add(row);
            } else {
                events.put(row.bundle(), remembered);
            }
        }
        if (!unknown.isEmpty()) {
            events.putAll(read(unknown));
        }
        return events;
    }

    private Map<Bundle, List<RecordedEvent>> read(List<Waiting> unknown) throws SQLException {
        try {
            return transactions.single(s -> WaitingBundles.read(s, unknown));
        } catch (SQLException e) {
            if (unknown.size() == 1) {
                return Map.of(unknown.getFirst().bundle(), List.of());
            }
            // A row at a time, until the one that cannot be read is the first of all.
            return read(unknown.subList(0, 1));
        }
    }

    /** Hands all over that may go now, and waits for the answers, but not for the slowest. */
    void send() throws SQLException, InterruptedException {
        CustomerKeyRecords.add(transactions, attempts.values());
        var sent = new ArrayList<Attempt>();
        for (var attempt : attempts.values()) {
            if (!refusedBefore.contains(attempt.stream().value())) {
                attempt.locate();
                if (attempt.place() != null && !retries.isSilent(attempt.place())) {
                    sent.add(attempt);
                }
            }
        }
        var left = new CountDownLatch(sent.size());
        sent.forEach(attempt -> attempt.send(left::countDown));
        for (var heartbeat : heartbeats) {
            kafka.beat(heartbeat.bundle().shard(), heartbeat.since());
        }
        await(left);
        failTogether();
    }

    private void await(CountDownLatch left) throws InterruptedException {
        var giveUpAt = System.nanoTime() + config.patience().toNanos();
        while (!left.await(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS)) {
            kafka.tend();
            if (System.nanoTime() - giveUpAt > 0) {
                kafka.ask();
                return;
            }
        }
    }

    /** Where Kafka takes nothing at all, it is not the streams' fault. */
    private void failTogether() throws InterruptedException {
        var refusals = new ArrayList<Refusal>();
        for (var attempt : attempts.values()) {
            if (!attempt.acknowledged().isEmpty()) {
                return;
            }
            if (attempt.refusal() != null) {
                refusals.add(Refusal.of(attempt));
            }
        }
        if (refusals.stream().anyMatch(r -> r.scope() == Refusal.Scope.SILENCE)) {
            kafka.ask();
        } else if (!refusals.isEmpty()
                && refusals.stream().allMatch(r -> r.scope() == Refusal.Scope.KAFKA)) {
            throw new KafkaException(refusals.getFirst().reason());
        }
    }

    /**
     * Writes what became of the rows, unless their shards are somebody else's by now, who then will
     * find the rows as they were.
     */
    void settle(ShardLeases leases, RefusalLog log) throws SQLException {
        var underWay = attempts.values().stream().filter(Attempt::isUnderWay).toList();
        var rests = new HashMap<Attempt, Rest>();
        for (var attempt : attempts.values()) {
            if (!attempt.rest().isEmpty()) {
                rests.put(attempt, rest(attempt, log));
            }
        }
        if (rests.isEmpty() && unreadable.isEmpty()) {
            transactions.single(s -> WaitingBundles.delete(s, leases, rows));
            return;
        }
        var mine = transactions.commit(s -> putAside(s, leases, rests.values()));
        for (var attempt : underWay) {
            var rest = rests.get(attempt);
            if (rest != null && mine.contains(Outbox.shard(attempt.stream()))) {
                retries.follow(attempt, rest);
            }
        }
    }

    private Rest rest(Attempt attempt, RefusalLog log) {
        if (refusedBefore.contains(attempt.stream().value())) {
            return rest(attempt, "waits for the event before it", Duration.ZERO);
        }
        var refusal = Refusal.of(attempt);
        log.tell(attempt.stream(), refusal);
        return rest(
                attempt,
                refusal.reason(),
                attempt.isUnderWay() ? config.deliveryTimeout() : config.backOff());
    }

    private static Rest rest(Attempt attempt, String reason, Duration wait) {
        var last = attempt.rest().stream().mapToLong(RecordedEvent::version).max().orElseThrow();
        return new Rest(attempt.stream(), attempt.topic(), attempt.next(), last, reason, 1, wait);
    }

    private Set<Integer> putAside(Statements statements, ShardLeases leases, Collection<Rest> rests)
            throws SQLException {
        for (var row : unreadable) {
            RefusedStreams.addAllOf(statements, row, "the journal does not give all events");
        }
        var mine = WaitingBundles.delete(statements, leases, rows);
        RefusedStreams.add(
                statements,
                rests.stream().filter(r -> mine.contains(Outbox.shard(r.stream()))).toList());
        return mine;
    }

    /** What is published for certain. */
    List<RecordedEvent> acknowledged() {
        return attempts.values().stream()
                .flatMap(attempt -> attempt.acknowledged().stream())
                .toList();
    }

    Instant begun() {
        return begun;
    }

    /** Behind what each partition has by now of this round; what lies before was committed too. */
    Map<LogPlace, Long> ends() {
        var ends = new HashMap<LogPlace, Long>();
        for (var attempt : attempts.values()) {
            if (attempt.place() != null && !attempt.acknowledged().isEmpty()) {
                ends.merge(LogPlace.of(attempt.place()), attempt.nextOffset(), Math::max);
            }
        }
        return ends;
    }

    int rows() {
        return rows.size();
    }
}
