package banking.outbox;

import banking.database.Backoff;
import banking.database.Transactions;
import banking.events.StreamId;
import banking.events.codec.RecordedEvent;
import banking.outbox.RefusedStreams.Due;
import banking.outbox.RefusedStreams.Rest;
import banking.outbox.RefusedStreams.Tried;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of refused streams again, beside the relay's rounds, which never wait for them.
 * As long as a stream's first event is refused, it is tried alone.
 */
final class Retries {

    /**
     * @param first where the stream's row says that it begins
     */
    private record UnderWay(Attempt attempt, long first, int attempts, long since) {

        static UnderWay of(Due due, Attempt attempt) {
            return new UnderWay(attempt, due.first(), due.attempts(), System.nanoTime());
        }
    }

    private final Transactions transactions;
    private final KafkaPublisher kafka;
    private final Outbox outbox;
    private final OutboxConfig config;
    private final Backoff backOff;
    private final RefusalLog log;
    private final Consumer<List<RecordedEvent>> published;
    private final List<UnderWay> underWay = new ArrayList<>();

    /**
     * Where something is under way without an answer; nothing else is sent there until one comes.
     */
    private final Set<TopicPartition> silent = new HashSet<>();

    private long lookAt = System.nanoTime();
    private long askedAt = System.nanoTime();

    /**
     * @param published is told what was acknowledged
     */
    Retries(
            Transactions transactions,
            KafkaPublisher kafka,
            Outbox outbox,
            OutboxConfig config,
            RefusalLog log,
            Consumer<List<RecordedEvent>> published) {
        this.transactions = transactions;
        this.kafka = kafka;
        this.outbox = outbox;
        this.config = config;
        this.backOff = new Backoff(config.backOff(), config.longestBackOff());
        this.log = log;
        this.published = published;
    }

    boolean isSilent(@Nullable TopicPartition place) {
        return silent.contains(place);
    }

    boolean areUnderWay() {
        return !underWay.isEmpty();
    }

    /** Takes over what a round does not wait for any longer. */
    void follow(Attempt attempt, Rest rest) {
        underWay.add(new UnderWay(attempt, rest.first(), rest.attempts(), System.nanoTime()));
        isSilentNow(attempt);
    }

    private void isSilentNow(Attempt attempt) {
        var place = attempt.place();
        if (place != null && silent.add(place)) {
            log.tell(attempt.stream(), Refusal.of(attempt));
        }
    }

    /**
     * Writes what was answered since the last turn, and sends what is due.
     *
     * @return whether there was anything to do
     * @throws org.apache.kafka.common.KafkaException when Kafka does not answer at all
     */
    boolean turn(Set<Integer> shards) throws SQLException, InterruptedException {
        askWhenInDoubt();
        var settled = settle();
        var free = config.triedAtOnce() - underWay.size();
        var now = System.nanoTime();
        if (shards.isEmpty() || free <= 0 || now - lookAt < 0) {
            return settled;
        }
        var pause = config.deliveryTimeout();
        var due = transactions.single(s -> RefusedStreams.take(s, shards, free, pause));
        lookAt = due.isEmpty() ? now + config.idlePoll().toNanos() : now;
        send(due);
        return settled || !due.isEmpty();
    }

    /** Where nothing comes for long, it may be Kafka, and nobody's fault. */
    private void askWhenInDoubt() throws InterruptedException {
        kafka.tend();
        var now = System.nanoTime();
        var longAgo = now - config.answerTimeout().toNanos();
        if (longAgo - askedAt > 0
                && underWay.stream().anyMatch(each -> longAgo - each.since() > 0)) {
            askedAt = now;
            kafka.ask();
        }
    }

    private boolean settle() throws SQLException {
        var impatientAt = System.nanoTime() - config.patience().toNanos();
        for (var each : underWay) {
            var attempt = each.attempt();
            if (!attempt.acknowledged().isEmpty()) {
                silent.remove(attempt.place());
            } else if (!attempt.isAnswered() && impatientAt - each.since() > 0) {
                isSilentNow(attempt);
            }
        }
        var answered = underWay.stream().filter(each -> each.attempt().isAnswered()).toList();
        if (!answered.isEmpty()) {
            write(answered.stream().map(this::tried).toList());
            underWay.removeAll(answered);
            answered.forEach(each -> published.accept(each.attempt().acknowledged()));
        }
        return !answered.isEmpty();
    }

    private void write(List<Tried> tried) throws SQLException {
        transactions.single(s -> RefusedStreams.settle(s, tried));
    }

    private Tried tried(UnderWay each) {
        var attempt = each.attempt();
        var moved = !attempt.acknowledged().isEmpty();
        var next = moved ? attempt.next() : each.first();
        if (attempt.refusal() == null) {
            return new Tried(attempt.stream(), each.first(), next, 0, null, Duration.ZERO);
        }
        var refusal = Refusal.of(attempt);
        log.tell(attempt.stream(), refusal);
        var before = moved ? 0 : each.attempts();
        var isOurs = refusal.scope() != Refusal.Scope.NEIGHBOUR;
        var attempts = isOurs ? before + 1 : Math.max(1, before);
        return new Tried(
                attempt.stream(),
                each.first(),
                next,
                attempts,
                isOurs ? refusal.reason() : null,
                backOff.after(attempts));
    }

    private void send(List<Due> all) throws SQLException, InterruptedException {
        var most = config.eventsPerShard() / Math.max(1, all.size());
        var due = all.stream().map(one -> one.atMost(one.attempts() == 0 ? most : 1)).toList();
        Map<StreamId, List<RecordedEvent>> events;
        try {
            events = transactions.single(s -> RefusedStreams.read(s, due));
        } catch (SQLException e) {
            sendOneByOne(due);
            return;
        }
        for (var one : due) {
            send(one, events.getOrDefault(one.stream(), List.of()));
        }
    }

    /** Until one cannot be read: that one rests, and those behind it are due again at once. */
    private void sendOneByOne(List<Due> due) throws SQLException, InterruptedException {
        for (int i = 0; i < due.size(); i++) {
            var one = due.get(i);
            try {
                var events = transactions.single(s -> RefusedStreams.read(s, List.of(one)));
                send(one, events.getOrDefault(one.stream(), List.of()));
            } catch (SQLException e) {
                var attempt = new Attempt(one.stream(), kafka);
                attempt.refuse(e);
                underWay.add(UnderWay.of(one, attempt));
                write(due.subList(i + 1, due.size()).stream().map(Due::untouched).toList());
                return;
            }
        }
    }

    private void send(Due due, List<RecordedEvent> events)
            throws SQLException, InterruptedException {
        var attempt = new Attempt(due.stream(), kafka);
        var next = due.first();
        for (var event : events) {
            if (event.version() == next) {
                attempt.add(event);
                next++;
            }
        }
        if (next == due.first()) {
            attempt.refuse(new NoSuchElementException("the journal has no version " + next));
        } else {
            CustomerKeyRecords.add(transactions, List.of(attempt));
            attempt.locate();
        }
        var place = attempt.place();
        if (place != null && isSilent(place) && isTried(place)) {
            attempt.refuse(new TimeoutException("another event is on its way there"));
        }
        underWay.add(UnderWay.of(due, attempt));
        if (attempt.refusal() == null) {
            attempt.send(outbox::wake);
        }
    }

    private boolean isTried(TopicPartition place) {
        return underWay.stream().anyMatch(each -> place.equals(each.attempt().place()));
    }
}
