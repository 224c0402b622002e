package banking.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says in a metric which program this is, so that a graph shows when another one came. */
@ApplicationScoped
class BuildInfo {

    private final String version;
    private final String commit;

    BuildInfo(
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "bank.build.commit") String commit) {
        this.version = version;
        this.commit = commit;
    }

    void register(@Observes StartupEvent event, MeterRegistry registry) {
        Gauge.builder("bank.build.info", () -> 1)
                .description("1 for the program that runs")
                .tag("version", version)
                .tag("commit", commit)
                .strongReference(true)
                .register(registry);
    }
}
