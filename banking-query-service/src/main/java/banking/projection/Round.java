package banking.projection;

import banking.events.StreamId;
import banking.events.codec.WrittenEvent;
import banking.parking.Dead;
import banking.parking.Delivery;
import banking.parking.Newest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What became of the events of a batch; those of which nothing is said were repeats. */
final class Round {

    private final Instant begun = Instant.now();
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

    Instant begun() {
        return begun;
    }

    List<WrittenEvent> applied() {
        return applied;
    }

    Map<StreamId, Newest> newestApplied() {
        return newestApplied;
    }

    List<Dead> dead() {
        return dead;
    }

    List<Dead> unfitting() {
        return unfitting;
    }

    boolean hasGap() {
        return gap;
    }
}
