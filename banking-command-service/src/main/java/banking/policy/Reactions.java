package banking.policy;

import banking.database.Transactions;
import banking.events.CommandId;
import banking.events.codec.ChainKeys;
import banking.events.codec.EventCodec;
import banking.events.codec.WrittenEvent;
import banking.health.Progress;
import banking.pipeline.UnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What the parts of one policy share: those that follow its topics, and those that try again.
 *
 * @param types the names of the types of event that it reacts to
 * @param room how many courses may still begin
 * @param progress why the policy stands still, where it does
 * @param metrics what has become of its events
 */
record Reactions(
        Policy policy,
        Set<String> types,
        Reactor reactor,
        Transactions transactions,
        ParkedMatters parked,
        ChainKeys keys,
        PolicyConfig config,
        Semaphore room,
        Progress progress,
        PolicyMetrics metrics) {

    private static final Logger LOG = Logger.getLogger(Reactions.class);

    /** Is never processed. */
    private static final CommandId NEVER = new CommandId(new UUID(0, 0));

    Reactions(
            Policy policy,
            Reactor reactor,
            Transactions transactions,
            ParkedMatters parked,
            ChainKeys keys,
            PolicyConfig config,
            Progress progress,
            PolicyMetrics metrics) {
        this(
                policy,
                policy.reactsTo().stream().map(EventCodec::typeName).collect(Collectors.toSet()),
                reactor,
                transactions,
                parked,
                keys,
                config,
                new Semaphore(config.atOnce()),
                progress,
                metrics);
    }

    String name() {
        return policy.name();
    }

    Course course(Matter matter, List<WrittenEvent> events) {
        return new Course(policy, reactor, metrics, config, matter, events);
    }

    /** Whether some is left for those who must go on even where others are stuck. */
    boolean hasPlentyOfRoom() {
        return room.availablePermits() > config.atOnce() / 4;
    }

    /** Lets a course that has got its room run, and makes room again once it has ended. */
    void begin(Course course) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                course.run();
                            } finally {
                                room.release();
                            }
                        });
    }

    /**
     * What an event is about; one that the policy cannot cope with is a matter of its stream's, and
     * the reaction to it tells why.
     */
    Matter matter(WrittenEvent event) {
        try {
            var matter = policy.matter(EventCodec.STANDARD.read(event));
            return new Matter(event.streamId(), matter);
        } catch (RuntimeException e) {
            LOG.debugf(e, "%s cannot cope with %s", name(), event.id());
            return new Matter(event.streamId(), event.streamId().value());
        }
    }

    /**
     * The commands that are all processed once the event was reacted to; one that the policy cannot
     * cope with never is.
     */
    List<CommandId> commands(WrittenEvent event) {
        try {
            return Reactor.commands(policy, EventCodec.STANDARD.read(event));
        } catch (RuntimeException e) {
            LOG.debugf(e, "%s cannot cope with %s", name(), event.id());
            return List.of(NEVER);
        }
    }

    /**
     * Those of the events' commands that are processed.
     *
     * @throws UnavailableException when the database does not answer
     */
    Set<CommandId> processed(Map<WrittenEvent, List<CommandId>> commands) {
        var stories = new HashMap<CommandId, String>();
        commands.forEach((event, ids) -> ids.forEach(id -> stories.put(id, event.correlationId())));
        return reactor.processed(stories);
    }

    /** A record that no command has written is nobody's wish. */
    void passOver(List<WrittenEvent> records) {
        metrics.forged().increment(records.size());
        LOG.errorf(
                "%s passes over %d records that the journal does not have, such as %s of %s",
                name(), records.size(), records.getFirst().id(), records.getFirst().type());
    }
}
