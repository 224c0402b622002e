package banking.policy;

import banking.events.StreamId;
import banking.events.codec.EventCodec;
import banking.events.codec.WrittenEvent;
import banking.journal.JournalReader;
import banking.journal.RecordedEvent;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/** Runs every policy there is, from the start of the process to its end. */
@ApplicationScoped
class Policies {

    private static final String GROUP_PREFIX = "banking-command.";
    private static final int REPLAY_PAGE = 500;
    private static final int MAX_REPLAYED_PAGES = 200;

    private final List<Policy> policies;
    private final PolicyConfig config;
    private final Reactor reactor;
    private final ParkedStreams parkedStreams;
    private final JournalReader journal;
    private final List<PolicyRunner> runners;

    Policies(
            @All List<Policy> policies,
            PolicyConfig config,
            Reactor reactor,
            ParkedStreams parkedStreams,
            JournalReader journal,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.policies = policies;
        this.config = config;
        this.reactor = reactor;
        this.parkedStreams = parkedStreams;
        this.journal = journal;
        runners = policies.stream().map(policy -> runner(policy, kafka)).toList();
    }

    private PolicyRunner runner(Policy policy, Map<String, Object> kafka) {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group(policy));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5000);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.batchSize());
        // A pod that was killed and comes back takes its partitions up again at once; those of one
        // that stays away go to the others after the session's timeout.
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.instance());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 500);
        return new PolicyRunner(
                policy,
                settings,
                config,
                events -> new Reacting(policy, reactor, parkedStreams, config, events));
    }

    static String group(Policy policy) {
        return GROUP_PREFIX + policy.name();
    }

    void start(@Observes StartupEvent event) {
        if (config.run()) {
            runners.forEach(PolicyRunner::start);
        }
    }

    /** Before the pipeline drains, which would refuse what they still want. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        if (config.run()) {
            for (var runner : runners) {
                runner.stop();
            }
        }
    }

    List<Policy> all() {
        return policies;
    }

    Optional<Policy> find(String name) {
        return policies.stream().filter(policy -> policy.name().equals(name)).findFirst();
    }

    /**
     * What trying a parked stream again has led to.
     *
     * @param reactedTo how many of its events were reacted to
     * @param reason why it is still parked; null where it is free
     */
    record Replay(long reactedTo, @Nullable String reason) {}

    /**
     * Reacts to the events of a parked stream from where it stopped, as the journal has them.
     *
     * @return empty where the stream is not parked
     * @throws PassingException when the database is away
     */
    Optional<Replay> replay(Policy policy, StreamId stream)
            throws PassingException, SQLException, InterruptedException {
        var parked = parkedStreams.find(policy.name(), stream);
        if (parked == null) {
            return Optional.empty();
        }
        long next = parked.since();
        long reactedTo = 0;
        for (int pages = 0; pages < MAX_REPLAYED_PAGES; pages++) {
            var page = journal.events(stream, next - 1, REPLAY_PAGE);
            for (RecordedEvent recorded : page) {
                var event = recorded.event();
                var reason = reactTo(policy, event);
                if (reason != null) {
                    parkedStreams.park(
                            policy.name(), stream, event.version(), event.version(), reason);
                    return Optional.of(new Replay(reactedTo, reason));
                }
                reactedTo++;
                next = event.version() + 1;
            }
            // Where events came in meanwhile it stays parked, and the next page has them.
            if (page.isEmpty() && parkedStreams.release(policy.name(), stream, next - 1)) {
                return Optional.of(new Replay(reactedTo, null));
            }
        }
        return Optional.of(new Replay(reactedTo, "There is more to react to."));
    }

    /**
     * @return why the policy cannot cope with the event; null where it can
     */
    private @Nullable String reactTo(Policy policy, WrittenEvent event)
            throws PassingException, InterruptedException {
        // The runner has left these out already; the journal has all of a stream's events.
        if (policy.reactsTo().stream().map(EventCodec::typeName).noneMatch(event.type()::equals)) {
            return null;
        }
        try {
            reactor.react(policy, event);
            return null;
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
