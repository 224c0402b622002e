package banking.projection;

import banking.database.Transactions;
import banking.figures.Figures;
import banking.parking.Parking;
import banking.parking.Parking.Unfinished;
import banking.parking.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Goes on with the queues that were longer than one transaction has time for. Which those are is
 * stored with them, so it does not matter which process began with one, or whether it still lives.
 * A queue that fails is told once, tried again at the next look with half as much at a time, since
 * a transaction may have no time for more, and holds up no other.
 */
@ApplicationScoped
class LongQueues {

    private static final Logger LOG = Logger.getLogger(LongQueues.class);

    private record Failure(String reason, int most) {}

    private final Projections projections;
    private final Transactions transactions;
    private final Figures<Integer> unfinished;
    private final Map<Unfinished, Failure> failing = new HashMap<>();
    private volatile boolean stopping;

    LongQueues(
            Projections projections,
            ProjectionConfig config,
            Transactions transactions,
            MeterRegistry registry) {
        this.projections = projections;
        this.transactions = transactions;
        unfinished = new Figures<>("long-queues", config.lookEvery(), this::goOn, registry);
    }

    void start(@Observes StartupEvent event) {
        unfinished.start();
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
        unfinished.stop();
    }

    /**
     * Gives each queue a transaction in turn, as long as one of them gets on.
     *
     * @return how many are left
     */
    private int goOn() throws SQLException {
        var left = unfinished();
        var getsOn = true;
        while (getsOn && !left.isEmpty() && !stopping) {
            getsOn = false;
            for (var queue : left) {
                getsOn |= goOn(queue);
            }
            left = unfinished();
        }
        return left.size();
    }

    private List<Unfinished> unfinished() throws SQLException {
        var all = transactions.single(Parking::unfinished);
        // Another release's process may have projections that this one has not.
        all.removeIf(queue -> projections.find(queue.projection()).isEmpty());
        failing.keySet().retainAll(all);
        return all;
    }

    private boolean goOn(Unfinished queue) {
        var before = failing.get(queue);
        int most = before == null ? ProjectionWriter.MAX_QUEUE : before.most;
        try {
            var part = projections.goOn(queue.projection(), queue.stream(), most);
            return part.isPresent() && part.get().applied() > 0;
        } catch (SQLException | RuntimeException e) {
            var reason = Reason.of(e);
            failing.put(queue, new Failure(reason, Math.max(1, most / 2)));
            if (before == null || !reason.equals(before.reason)) {
                LOG.errorf(
                        "%s: %s does not get on: %s", queue.projection(), queue.stream(), reason);
            }
            return false;
        }
    }
}
