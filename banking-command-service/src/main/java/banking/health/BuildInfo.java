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
    private final String revision;

    BuildInfo(
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "bank.build.revision") String revision) {
        this.version = version;
        this.revision = revision;
    }

    void register(@Observes StartupEvent event, MeterRegistry registry) {
        Gauge.builder("bank.build.info", () -> 1)
                .description("1 for the program that runs")
                .tag("version", version)
                .tag("revision", revision)
                .strongReference(true)
                .register(registry);
    }
}
