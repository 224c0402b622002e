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

    private final List<WrittenEvent> applied = new ArrayList<>();
    private final Map<StreamId, Long> newestApplied = new HashMap<>();
    private final List<Dead> dead = new ArrayList<>();
    private boolean gap;

    void applied(Delivery.Legible delivery) {
        applied.add(delivery.event());
        newestApplied.merge(delivery.stream(), delivery.kafka().offset(), Math::max);
    }

    void dead(Delivery delivery, String reason) {
        dead.add(new Dead(delivery, reason));
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
        newestApplied.putAll(other.newestApplied);
        dead.addAll(other.dead);
        gap |= other.gap;
    }

    List<WrittenEvent> applied() {
        return applied;
    }

    /** Per aggregate that has moved on, the highest offset of the events that moved it. */
    Map<StreamId, Long> newestApplied() {
        return newestApplied;
    }

    List<Dead> dead() {
        return dead;
    }

    boolean hasGap() {
        return gap;
    }
}
