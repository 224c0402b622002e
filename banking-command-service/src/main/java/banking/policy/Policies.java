package banking.policy;

import banking.database.Transactions;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.health.Standstills;
import banking.pipeline.CommandPipeline;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/** Runs every policy there is, from the start of the process to its end. */
@ApplicationScoped
public class Policies {

    private static final String GROUP_PREFIX = "banking-command.";

    private final PolicyConfig config;
    private final ParkedMatters parked;
    private final Standstills standstills;
    private final CommandPipeline pipeline;
    private final List<Running> all;

    /** A policy and what runs it. */
    private record Running(
            Reactions reactions, HeadStart headStart, PolicyRunner runner, Retries retries) {

        Policy policy() {
            return reactions.policy();
        }
    }

    Policies(
            @All List<Policy> policies,
            PolicyConfig config,
            Reactor reactor,
            CommandPipeline pipeline,
            Transactions transactions,
            ParkedMatters parked,
            ChainKeys keys,
            MeterRegistry metrics,
            Standstills standstills,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.config = config;
        this.parked = parked;
        this.standstills = standstills;
        this.pipeline = pipeline;
        all = new ArrayList<>();
        for (var policy : policies) {
            var name = "policy " + policy.name();
            var reactions =
                    new Reactions(
                            policy,
                            reactor,
                            transactions,
                            parked,
                            keys,
                            config,
                            standstills.watch(name),
                            new PolicyMetrics(policy.name(), metrics));
            var sweep = new Sweep(reactions, pipeline, Clock.systemUTC());
            var retries = new Retries(reactions, sweep, standstills.watch(name + ", retries"));
            var headStart = new HeadStart(reactions);
            var runner = new PolicyRunner(reactions, headStart, settings(policy, kafka));
            all.add(new Running(reactions, headStart, runner, retries));
        }
    }

    private Map<String, Object> settings(Policy policy, Map<String, Object> kafka) {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group(policy));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5000);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.batchSize());
        // A container that was killed and comes back in its pod takes its partitions up again at
        // once. Those of one that is stopped go to the others at once, and those of one that stays
        // away after the session's timeout.
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.instance());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 500);
        return settings;
    }

    static String group(Policy policy) {
        return GROUP_PREFIX + policy.name();
    }

    void start(@Observes StartupEvent event) {
        if (config.run()) {
            all.stream()
                    .map(Running::headStart)
                    .filter(HeadStart::isOfUse)
                    .forEach(headStart -> pipeline.follow(headStart::begin));
            all.forEach(running -> running.runner.start());
            all.forEach(running -> running.retries.start());
        }
    }

    /** Before the pipeline drains, which would refuse what they still want. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        if (config.run()) {
            for (var running : all) {
                running.headStart.stop();
                running.runner.stop();
                running.retries.stop();
            }
        }
    }

    List<Policy> all() {
        return all.stream().map(Running::policy).toList();
    }

    Optional<Policy> find(String name) {
        return all().stream().filter(policy -> policy.name().equals(name)).findFirst();
    }

    /**
     * Whether as many of a policy's reactions are under way in this process as may be: what would
     * lead to more had better wait.
     */
    public boolean isFull(Policy policy) {
        return running(policy).reactions.room().availablePermits() == 0;
    }

    /** Why a policy stands still; null where it does not. */
    @Nullable String failure(Policy policy) {
        return standstills.failure("policy " + policy.name());
    }

    /**
     * What trying a parked stream again has led to.
     *
     * @param events how many of its events were gone through
     * @param reason why it is still parked; null where it is free
     */
    record Replay(long events, @Nullable String reason) {}

    /**
     * Reacts at once to what is parked of a stream, from where it stopped.
     *
     * @return empty where nothing of the stream is parked
     */
    Optional<Replay> replay(Policy policy, StreamId stream) throws SQLException {
        var matters = parked.ofStream(policy.name(), stream, config.retriesAtOnce());
        long events = 0;
        String reason = null;
        for (var matter : matters) {
            var outcome = running(policy).retries.now(matter);
            events += outcome.events();
            reason = outcome.reason() == null ? reason : outcome.reason();
        }
        return matters.isEmpty() ? Optional.empty() : Optional.of(new Replay(events, reason));
    }

    private Running running(Policy policy) {
        return all.stream()
                .filter(running -> running.policy().equals(policy))
                .findFirst()
                .orElseThrow();
    }
}
