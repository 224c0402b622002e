package banking.policy;

import banking.aggregate.NameBasedId;
import banking.aggregate.Outcome;
import banking.database.DatabaseFailure;
import banking.events.CommandId;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.codec.EventCodec;
import banking.events.codec.WrittenEvent;
import banking.pipeline.CommandContext;
import banking.pipeline.CommandPipeline;
import banking.pipeline.UnavailableException;
import banking.story.StoryLog;
import banking.story.Traces;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Does what a policy makes of an event. The id of each command follows from the event and the
 * policy, so the pipeline's own idempotency makes repeating all of it harmless.
 */
@ApplicationScoped
class Reactor {

    /** Far longer than the pipeline takes to say that it cannot. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final CommandPipeline pipeline;
    private final Traces traces;

    Reactor(CommandPipeline pipeline, Traces traces) {
        this.pipeline = pipeline;
        this.traces = traces;
    }

    /**
     * Returns when everything that the event leads to is committed.
     *
     * @param written of a type that the policy reacts to
     * @throws PassingException when the database or something else is away: to be tried again
     * @throws RefusedException when an aggregate refuses what it must not
     * @throws RuntimeException when the policy cannot cope with the event
     */
    void react(Policy policy, WrittenEvent written) throws PassingException, InterruptedException {
        var span = traces.step("react " + policy.name(), written.traceparent());
        try {
            var read = EventCodec.STANDARD.read(written);
            var event = span.isRecording() ? read.under(Traces.traceparent(span)) : read;
            carryOut(policy.react(event), path(policy, event), event, policy.name());
        } finally {
            span.end();
        }
        StoryLog.tell(List.of(written), "was reacted to by " + policy.name());
    }

    /**
     * The commands that are all processed once the event was reacted to.
     *
     * @throws RuntimeException when the policy cannot cope with the event
     */
    static List<CommandId> commands(Policy policy, Envelope<Event> event) {
        return IntStream.range(0, policy.react(event).size())
                .mapToObj(number -> id(step(path(policy, event), number)))
                .toList();
    }

    private static String path(Policy policy, Envelope<Event> event) {
        return policy.name() + "/" + event.streamId() + "/" + event.version();
    }

    private static String step(String path, int number) {
        return path + "/" + number;
    }

    private static CommandId id(String step) {
        return new CommandId(NameBasedId.of(step));
    }

    private void carryOut(
            List<Reaction<?, ?, ?>> reactions, String path, Envelope<Event> event, String policy)
            throws PassingException, InterruptedException {
        int number = 0;
        for (var reaction : reactions) {
            var step = step(path, number++);
            var id = id(step);
            var before = reaction.before();
            if (before != null && !isProcessed(id, event)) {
                before.happen();
                tellOfEffect(event, policy);
            }
            var otherwise = reaction.onRejection();
            var context = CommandContext.ofPolicy(id, event, policy, otherwise != null);
            if (execute(reaction, context) instanceof Outcome.Refused(var rejection, _)
                    && !reaction.settledBy().contains(rejection.refusal())) {
                if (otherwise == null) {
                    throw new RefusedException(reaction.command(), rejection.code());
                }
                carryOut(otherwise.apply(rejection), step, event, policy);
            }
        }
    }

    /** Such as an e-mail that is sent by now. */
    private static void tellOfEffect(Envelope<Event> event, String policy) {
        StoryLog.tell(
                event.correlationId(),
                event.streamId().toString(),
                event.actor(),
                event.traceparent(),
                policy + " has done what is done outside the bank");
    }

    /**
     * Those of the commands that were accepted or refused before.
     *
     * @param commands each with the correlation id of its event
     * @throws UnavailableException when the database does not answer
     */
    Set<CommandId> processed(Map<CommandId, String> commands) {
        return pipeline.processed(commands);
    }

    private boolean isProcessed(CommandId id, Envelope<Event> event) throws PassingException {
        try {
            return !processed(Map.of(id, event.correlationId())).isEmpty();
        } catch (UnavailableException e) {
            throw new PassingException("the database is away", e);
        }
    }

    private <S, C, E extends Event> Outcome execute(
            Reaction<S, C, E> reaction, CommandContext context)
            throws PassingException, InterruptedException {
        try {
            var outcome =
                    pipeline.execute(
                                    reaction.type(),
                                    reaction.streamId(),
                                    reaction.command(),
                                    context)
                            .toCompletableFuture()
                            .get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            if (outcome instanceof Outcome.NotNow(var reason)) {
                throw new PassingException(reason.detail());
            }
            return outcome;
        } catch (TimeoutException e) {
            throw new PassingException("the pipeline does not answer", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnavailableException || DatabaseFailure.mayPass(e)) {
                throw new PassingException("the database is away", e);
            }
            throw new IllegalStateException(reaction.command() + " failed", e.getCause());
        }
    }
}
