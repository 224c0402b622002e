package banking.projection;

import banking.figures.Figures;
import banking.projection.Invariant.Findings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Checks every invariant there is, each on a thread of its own: one that takes long, or cannot be
 * checked at all, holds up no other. What is known of it then stays as it was, and grows old.
 */
@ApplicationScoped
class Invariants {

    private static final Logger LOG = Logger.getLogger(Invariants.class);

    private final Transactions transactions;
    private final Watch watch;
    private final Map<String, Figures<Findings>> all = new LinkedHashMap<>();

    Invariants(
            @All List<Invariant> invariants,
            Transactions transactions,
            Watch watch,
            MeterRegistry registry) {
        this.transactions = transactions;
        this.watch = watch;
        for (var invariant : invariants) {
            var name = invariant.name();
            var breached = new TreeSet<String>();
            var findings =
                    new Figures<>(
                            name, invariant.every(), () -> check(invariant, breached), registry);
            all.put(name, findings);
            invariant
                    .metrics()
                    .forEach(
                            (metric, description) ->
                                    Gauge.builder(metric, findings, f -> figure(f, metric))
                                            .description(description)
                                            .strongReference(true)
                                            .register(registry));
        }
    }

    private static double figure(Figures<Findings> findings, String metric) {
        var latest = findings.latest();
        return latest == null ? Double.NaN : latest.figures().figures().getOrDefault(metric, 0L);
    }

    void start(@Observes StartupEvent event) {
        all.values().forEach(Figures::start);
    }

    void stop(@Observes ShutdownEvent event) {
        all.values().forEach(Figures::stop);
    }

    /**
     * @param breached what was amiss the last time
     */
    private Findings check(Invariant invariant, Set<String> breached) throws SQLException {
        var readThrough = watch.readThrough(invariant.projection()).orElse(null);
        var findings = transactions.commit(statements -> invariant.check(statements, readThrough));
        findings.breaches()
                .forEach(
                        (what, text) -> {
                            if (breached.add(what)) {
                                LOG.errorf("%s: %s: %s", invariant.name(), what, text);
                            }
                        });
        for (var what : List.copyOf(breached)) {
            if (!findings.breaches().containsKey(what)) {
                breached.remove(what);
                LOG.infof("%s: %s: is well again", invariant.name(), what);
            }
        }
        return findings;
    }

    /** What is amiss with each invariant, by its name; empty where it holds or is not known yet. */
    Map<String, Map<String, String>> breaches() {
        var breaches = new LinkedHashMap<String, Map<String, String>>();
        all.forEach(
                (name, findings) -> {
                    var latest = findings.latest();
                    breaches.put(name, latest == null ? Map.of() : latest.figures().breaches());
                });
        return breaches;
    }
}
