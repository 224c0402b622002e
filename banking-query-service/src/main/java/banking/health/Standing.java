package banking.health;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether one projection gets on, whichever process runs it, from looks that follow one another.
 */
final class Standing {

    /**
     * How far the projection was at some moment.
     *
     * @param next the offset that comes next in each partition; absent before the first
     * @param ends where each partition's log ends
     */
    record Look(Instant asOf, Map<Integer, Long> next, Map<Integer, Long> ends) {

        long next(int partition) {
            return next.getOrDefault(partition, 0L);
        }

        /** A log that was made anew may never come to where the one before has ended. */
        boolean hasReached(Look earlier) {
            return earlier.ends.entrySet().stream()
                    .allMatch(
                            end -> {
                                long now = ends.getOrDefault(end.getKey(), 0L);
                                return next(end.getKey()) >= Math.min(end.getValue(), now);
                            });
        }
    }

    private final Duration patience;
    private final Instant begun;

    /** The latest moment at which each partition had moved, or had nothing to read. */
    private final Map<Integer, Instant> well = new HashMap<>();

    private final Map<Integer, TakenIn> taken = new HashMap<>();

    private @Nullable Look last;
    private @Nullable Look goal;
    private @Nullable Instant readThrough;

    Standing(Duration patience, Instant begun) {
        this.patience = patience;
        this.begun = begun;
    }

    synchronized void add(Look look) {
        for (var end : look.ends.entrySet()) {
            int partition = end.getKey();
            long next = look.next(partition);
            if (last == null || last.next(partition) != next || next >= end.getValue()) {
                well.put(partition, look.asOf);
            }
            taken.computeIfAbsent(partition, _ -> new TakenIn())
                    .look(look.asOf, next, end.getValue());
        }
        last = look;
        if (goal == null) {
            goal = look;
        } else if (look.hasReached(goal)) {
            readThrough = goal.asOf;
            goal = look;
        }
    }

    /** Until when all that was in the log by then is in the views; empty where that is unknown. */
    synchronized Optional<Instant> readThrough() {
        return Optional.ofNullable(readThrough);
    }

    /** How many records of a partition wait; NaN where that is unknown. */
    synchronized double lagEvents(int partition) {
        var look = last;
        return look == null || !look.ends.containsKey(partition)
                ? Double.NaN
                : Math.max(0, look.ends.get(partition) - look.next(partition));
    }

    /** How far a partition's views may be behind: it grows, too, while nobody can tell. */
    synchronized Duration lag(int partition, Instant now) {
        var known = taken.get(partition);
        var until = known == null ? null : known.until();
        return Duration.between(until == null ? begun : until, now);
    }

    /**
     * What waits for longer than it may.
     *
     * @param here whether this process reads a partition
     * @return empty while all is well; silent ones are stuck as well, since nothing is known of
     *     them
     */
    synchronized Optional<String> standstill(Instant now, IntPredicate here) {
        if (well.isEmpty()) {
            return isOverdue(begun, now)
                    ? Optional.of("nothing is known of it since " + seconds(begun))
                    : Optional.empty();
        }
        var stuck = new TreeMap<>(well);
        stuck.values().removeIf(since -> !isOverdue(since, now));
        return stuck.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        stuck.entrySet().stream()
                                .map(e -> stuck(e.getKey(), e.getValue(), here))
                                .collect(Collectors.joining("; ")));
    }

    private String stuck(int partition, Instant since, IntPredicate here) {
        var look = last;
        long next = look == null ? 0 : look.next(partition);
        long end = look == null ? 0 : look.ends.getOrDefault(partition, next);
        return (end - next)
                + " records of partition "
                + partition
                + " wait since "
                + seconds(since)
                + ", which "
                + (here.test(partition)
                        ? "this process reads"
                        : "another process reads, or nobody");
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private boolean isOverdue(Instant since, Instant now) {
        return Duration.between(since, now).compareTo(patience) > 0;
    }
}
