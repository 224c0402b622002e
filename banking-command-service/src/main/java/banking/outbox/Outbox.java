package banking.outbox;

import banking.database.Statements;
import banking.events.StreamId;
import banking.events.codec.RecordedEvent;
import banking.journal.StreamChange;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the relay, seen from the side that writes it. The rows say what is to be published
 * and in which order; the newest events themselves are kept here in memory, so that the relay of
 * the process that has just written them need not read them back. Some may have been published by
 * another process's relay; what is not here is in the journal.
 */
@ApplicationScoped
public class Outbox {

    /** Fixed by the migration: a stream never changes its shard. */
    public static final int SHARDS = 4;

    private final Semaphore work = new Semaphore(0);
    private final int mostEvents;
    private final int mostCharacters;

    /** Oldest first, the order in which they are forgotten. */
    private final Map<Bundle, List<RecordedEvent>> remembered = new LinkedHashMap<>();

    private volatile boolean behind;
    private int rememberedEvents;
    private int rememberedCharacters;

    Outbox(OutboxConfig config) {
        mostEvents = config.relay() ? config.rememberedEvents() : 0;
        mostCharacters = config.rememberedCharacters();
    }

    /** The row that one transaction writes for one shard. */
    record Bundle(UUID batch, int shard) {}

    /** A stream's versions that are to be published. */
    record Run(StreamId stream, long first, long last) {

        long events() {
            return last - first + 1;
        }
    }

    /** The shard that this stream's rows go to. */
    public static int shard(StreamId id) {
        return Math.floorMod(id.hashCode(), SHARDS);
    }

    /**
     * Adds a row for each shard: the run of versions that each of its streams has got.
     *
     * @param batch names the transaction
     */
    public static void add(Statements statements, UUID batch, List<StreamChange> changes)
            throws SQLException {
        var runs =
                changes.stream()
                        .map(c -> new Run(c.streamId(), c.versionBefore() + 1, c.versionAfter()))
                        .toList();
        addRuns(statements, batch, runs);
    }

    static void addRuns(Statements statements, UUID batch, Collection<Run> runs)
            throws SQLException {
        if (runs.isEmpty()) {
            return;
        }
        statements
                .write(
                        """
                        insert into outbox (shard, batch, streams, firsts, lasts, events)
                        select shard, batch, array_agg(stream_id), array_agg(first),
                            array_agg(last), sum(last - first + 1)
                        from unnest(?, ?, ?, ?) as r (shard, stream_id, first, last),
                            (select ?::uuid) as b (batch)
                        group by shard, batch""")
                .add("int4", runs, run -> shard(run.stream()))
                .add("uuid", runs, run -> run.stream().value())
                .addLongs(runs, Run::first)
                .addLongs(runs, Run::last)
                .add(batch);
    }

    /**
     * Wakes the relay of this process; called right after a commit, never before it.
     *
     * @param batch names the transaction, as its rows do
     * @param events all that the transaction wrote, in the order of their versions
     */
    public void committed(UUID batch, List<RecordedEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        remember(batch, events);
        wake();
    }

    /** Whether the journal lacks events that were published. */
    public boolean isBehind() {
        return behind;
    }

    void behind(boolean isBehind) {
        behind = isBehind;
    }

    /** Lets the relay look at once. */
    void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    /** Waits until something was committed in this process, or the time is over. */
    void awaitWork(Duration atMost) throws InterruptedException {
        if (work.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            work.drainPermits();
        }
    }

    private synchronized void remember(UUID batch, List<RecordedEvent> events) {
        var bundles = new HashMap<Bundle, List<RecordedEvent>>();
        for (var event : events) {
            var bundle = new Bundle(batch, shard(event.streamId()));
            bundles.computeIfAbsent(bundle, b -> new ArrayList<>()).add(event);
        }
        remembered.putAll(bundles);
        count(events, 1);
        var oldest = remembered.values().iterator();
        while (rememberedEvents > mostEvents || rememberedCharacters > mostCharacters) {
            count(oldest.next(), -1);
            oldest.remove();
        }
    }

    /** The events of a bundle, which are then forgotten; null where only the journal has them. */
    synchronized @Nullable List<RecordedEvent> recall(Bundle bundle) {
        var events = remembered.remove(bundle);
        if (events != null) {
            count(events, -1);
        }
        return events;
    }

    private void count(List<RecordedEvent> events, int sign) {
        rememberedEvents += sign * events.size();
        for (var event : events) {
            rememberedCharacters += sign * event.event().payload().length();
        }
    }
}
