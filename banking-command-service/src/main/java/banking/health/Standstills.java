package banking.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Watches all that never ends. A standstill is told in the health detail, by a metric, and in the
 * log once when it begins and once when it ends.
 */
@ApplicationScoped
public class Standstills {

    private static final Logger LOG = Logger.getLogger(Standstills.class);

    private final Map<String, Progress> all = new ConcurrentSkipListMap<>();
    private final Set<String> told = new HashSet<>();
    private final MeterRegistry metrics;

    public Standstills(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /**
     * Watches something from here on.
     *
     * @param what its name in the health detail and the metric
     */
    public Progress watch(String what) {
        return all.computeIfAbsent(
                what,
                _ -> {
                    var progress = new Progress();
                    Gauge.builder("bank.standstill", progress, p -> p.standstill().toNanos() / 1e9)
                            .description("For how long it has been standing still by now")
                            .baseUnit("seconds")
                            .tag("what", what)
                            .register(metrics);
                    return progress;
                });
    }

    /** Why one of those whose names begin so stands still; null where none does. */
    public @Nullable String failure(String what) {
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(what))
                .map(entry -> entry.getValue().failure())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What will never move again in this process, and why. */
    Map<String, String> ends() {
        var ends = new TreeMap<String, String>();
        all.forEach(
                (what, progress) -> {
                    var end = progress.end();
                    if (end != null) {
                        ends.put(what, end);
                    }
                });
        return ends;
    }

    @Scheduled(every = "2s")
    void tell() {
        all.forEach(
                (what, progress) -> {
                    var failure = progress.failure();
                    if (failure != null && told.add(what)) {
                        LOG.errorf("%s: %s", what, failure);
                    } else if (failure == null && told.remove(what)) {
                        LOG.infof("%s is well again", what);
                    }
                });
    }

    /** Why each of those that are watched stands still; null for one that does not. */
    Map<String, @Nullable String> failures() {
        var failures = new TreeMap<String, @Nullable String>();
        all.forEach((what, progress) -> failures.put(what, progress.failure()));
        return failures;
    }
}
