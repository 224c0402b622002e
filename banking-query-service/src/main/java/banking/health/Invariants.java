package banking.health;

import banking.database.Transactions;
import banking.figures.Figures;
import banking.health.Invariant.Findings;
import banking.parking.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Checks every invariant there is, each on a thread of its own: one that takes long, or cannot be
 * checked at all, holds up no other. What is known of it then stays as it was, and grows old.
 */
@ApplicationScoped
class Invariants {

    private static final Logger LOG = Logger.getLogger(Invariants.class);

    private static final String UNKNOWN = "not checked";

    private static final int TURNS = 3;

    private record Checked(Invariant invariant, Figures<Findings> findings) {

        Map<String, String> breaches() {
            var breaches = new TreeMap<String, String>();
            var latest = findings.latest();
            if (latest != null) {
                breaches.putAll(latest.figures().breaches());
            }
            var age = findings.age();
            if (age.compareTo(invariant.every().multipliedBy(TURNS)) > 0) {
                var failure = findings.failure();
                var why = failure == null ? "no answer" : Reason.of(failure);
                breaches.put(UNKNOWN, "for " + age.toSeconds() + " s: " + why);
            }
            return breaches;
        }
    }

    private final Transactions transactions;
    private final Watch watch;
    private final Map<String, Checked> all = new LinkedHashMap<>();

    Invariants(
            @All List<Invariant> invariants,
            Transactions transactions,
            Watch watch,
            MeterRegistry registry) {
        this.transactions = transactions;
        this.watch = watch;
        for (var invariant : invariants) {
            var name = invariant.name();
            var amiss = new HashMap<String, String>();
            var found = new FoundFigures(invariant.metrics(), registry);
            var findings =
                    new Figures<>(
                            name,
                            invariant.every(),
                            () -> {
                                var checked = check(invariant, amiss);
                                found.tell(checked.figures());
                                return checked;
                            },
                            registry);
            all.put(name, new Checked(invariant, findings));
        }
    }

    void start(@Observes StartupEvent event) {
        all.values().forEach(checked -> checked.findings.start());
    }

    void stop(@Observes ShutdownEvent event) {
        all.values().forEach(checked -> checked.findings.stop());
    }

    private Findings check(Invariant invariant, Map<String, String> amiss) throws SQLException {
        try {
            var readThrough = invariant.projection().flatMap(watch::readThrough).orElse(null);
            var findings =
                    transactions.commit(statements -> invariant.check(statements, readThrough));
            tell(invariant, amiss, findings.breaches());
            return findings;
        } catch (SQLException | RuntimeException e) {
            var known = new HashMap<>(amiss);
            known.putIfAbsent(UNKNOWN, Reason.of(e));
            tell(invariant, amiss, known);
            throw e;
        }
    }

    private static void tell(
            Invariant invariant, Map<String, String> before, Map<String, String> now) {
        now.forEach(
                (what, text) -> {
                    if (!before.containsKey(what)) {
                        LOG.errorf("%s: %s: %s", invariant.name(), what, text);
                    }
                });
        before.keySet().stream()
                .filter(what -> !now.containsKey(what))
                .forEach(what -> LOG.infof("%s: %s: is well again", invariant.name(), what));
        before.clear();
        before.putAll(now);
    }

    /** What is amiss with each invariant, by its name; empty where it holds or is not known yet. */
    Map<String, Map<String, String>> breaches() {
        var breaches = new LinkedHashMap<String, Map<String, String>>();
        all.forEach((name, checked) -> breaches.put(name, checked.breaches()));
        return breaches;
    }
}
