package banking.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As on a cluster: a Job migrates, the pods wait for it, as a role that owns nothing, and one that
 * is stopped gives what it has in Kafka to the others at once.
 */
class RolloutTest {

    private static final Map<String, String> JOB =
            Map.of("QUARKUS_INIT_AND_EXIT", "true", "QUARKUS_FLYWAY_MIGRATE_AT_START", "true");

    @TempDir Path directory;

    @Test
    void pods_wait_for_the_job_that_migrates_and_leave_their_groups_when_they_are_stopped()
            throws Exception {
        BankSettings settings = BankSettings.onFreePorts(Path.of("../.."), directory);
        try (LocalServers servers = LocalServers.open(settings, new Progress(line -> {}))) {
            servers.start();
            for (ServiceDefinition service : List.of(settings.command(), settings.query())) {
                ServiceDefinition owner =
                        service.wiredTo(
                                        servers.database(service.name()),
                                        servers.bootstrapServers())
                                .keyedFrom(servers.directory().keys());
                Path log = directory.resolve(service.logName());
                try (ServiceProcess pod =
                        new ServiceProcess(asRuntimeRole(owner), log, started -> {})) {
                    pod.start();
                    Awaitility.await()
                            .atMost(Duration.ofMinutes(1))
                            .until(() -> says(log, "not all migrations have been made"));

                    assertThat(run(owner.with(JOB))).isZero();

                    pod.awaitReady();
                    Awaitility.await()
                            .atMost(Duration.ofMinutes(1))
                            .until(() -> members(servers, service), members -> members > 0);
                }
                assertThat(members(servers, service)).isZero();
            }
        }
    }

    /** Of all groups of the service. */
    private static long members(LocalServers servers, ServiceDefinition service)
            throws ExecutionException, InterruptedException {
        Map<String, Object> kafka = Map.of("bootstrap.servers", servers.bootstrapServers());
        try (Admin admin = Admin.create(kafka)) {
            List<String> groups =
                    admin.listGroups().all().get().stream()
                            .map(GroupListing::groupId)
                            .filter(group -> group.startsWith("banking-" + service.name() + "."))
                            .toList();
            return admin.describeConsumerGroups(groups).all().get().values().stream()
                    .mapToLong(group -> group.members().size())
                    .sum();
        }
    }

    private static boolean says(Path log, String words) throws IOException {
        return Files.exists(log) && Files.readString(log).contains(words);
    }

    private static ServiceDefinition asRuntimeRole(ServiceDefinition owner) {
        String role = "bank_" + owner.name();
        return owner.with(
                Map.of(
                        "QUARKUS_DATASOURCE_USERNAME",
                        role,
                        "QUARKUS_DATASOURCE_PASSWORD",
                        role,
                        "BANK_DATABASE_MIGRATE",
                        "false",
                        // Another process's part, as any part can be.
                        "BANK_TIMER_EVERY",
                        "off"));
    }

    private int run(ServiceDefinition job) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(job.program());
        program.environment().putAll(job.environment());
        program.redirectErrorStream(true)
                .redirectOutput(directory.resolve(job.name() + "-job.log").toFile());
        Process running = program.start();
        try {
            assertThat(running.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return running.exitValue();
        } finally {
            running.destroyForcibly();
        }
    }
}
