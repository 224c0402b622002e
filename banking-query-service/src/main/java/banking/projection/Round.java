package banking.projection;

import banking.events.StreamId;
import banking.events.codec.WrittenEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What became of the events of a batch; those of which nothing is said were repeats. */
final class Round {

    record Dead(Delivery delivery, String reason) {}

    /** How far an aggregate has moved on: its version, and the offset of the event that made it. */
    record Newest(long version, long offset) {

        static final Newest NONE = new Newest(0, -1);

        Newest max(Newest other) {
            return new Newest(Math.max(version, other.version), Math.max(offset, other.offset));
        }

        /** Whether what is dead could not be read where it came, and has come again since. */
        boolean isBeyond(Dead dead) {
            return dead.delivery() instanceof Delivery.Legible legible
                    && legible.event().version() <= version;
        }
    }

    private final List<WrittenEvent> applied = new ArrayList<>();
    private final Map<StreamId, Newest> newestApplied = new HashMap<>();
    private final List<Dead> dead = new ArrayList<>();
    private boolean gap;
    private final List<Dead> unfitting = new ArrayList<>();

    void applied(Delivery.Legible delivery) {
        applied.add(delivery.event());
        var newest = new Newest(delivery.event().version(), delivery.kafka().offset());
        newestApplied.merge(delivery.stream(), newest, Newest::max);
    }

    void dead(Delivery delivery, String reason) {
        dead.add(new Dead(delivery, reason));
    }

    /** What is not what the journal has. */
    void unfitting(Delivery delivery, String reason) {
        dead(delivery, reason);
        unfitting.add(dead.getLast());
    }

    /**
     * @param from the first version that is missing
     */
    void gap(Delivery.Legible delivery, long from) {
        gap = true;
        long to = delivery.event().version() - 1;
        dead(
                delivery,
                from == to
                        ? "version " + from + " is missing"
                        : "versions " + from + " to " + to + " are missing");
    }

    void add(Round other) {
        applied.addAll(other.applied);
        other.newestApplied.forEach(
                (stream, newest) -> newestApplied.merge(stream, newest, Newest::max));
        dead.addAll(other.dead);
        gap |= other.gap;
        unfitting.addAll(other.unfitting);
    }

    List<WrittenEvent> applied() {
        return applied;
    }

    /** The aggregates that have moved on. */
    Map<StreamId, Newest> newestApplied() {
        return newestApplied;
    }

    List<Dead> dead() {
        return dead;
    }

    /** Those of the dead that are not what the journal has. */
    List<Dead> unfitting() {
        return unfitting;
    }

    boolean hasGap() {
        return gap;
    }
}
