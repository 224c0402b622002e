package banking.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Counts what has become of commands in bulk: their requests are answered 200 whatever that is. */
@ApplicationScoped
class BulkResults {

    private static final int REFUSED = 400;
    private static final int FAILED = 500;

    private final Counter done;
    private final Counter refused;
    private final Counter failed;

    BulkResults(MeterRegistry metrics) {
        done = counter("done", metrics);
        refused = counter("refused", metrics);
        failed = counter("failed", metrics);
    }

    private static Counter counter(String outcome, MeterRegistry metrics) {
        return Counter.builder("bank.bulk.commands")
                .description("Commands that were answered in bulk")
                .tag("outcome", outcome)
                .register(metrics);
    }

    /** A figure is there before the first bulk comes. */
    void start(@Observes StartupEvent event) {}

    /**
     * @param status as of a request of its own
     */
    void count(int status) {
        if (status >= FAILED) {
            failed.increment();
        } else {
            (status >= REFUSED ? refused : done).increment();
        }
    }
}
