package banking.pipeline;

import banking.aggregate.Claim;
import banking.aggregate.Decision;
import banking.aggregate.Outcome;
import banking.aggregate.Refusal;
import banking.aggregate.Rejection;
import banking.audit.GivenCommands.Act;
import banking.audit.GivenCommands.Given;
import banking.events.CommandId;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.EventCodec;
import banking.events.codec.RecordedEvent;
import banking.events.codec.Sha256;
import banking.journal.ProcessedCommand;
import banking.journal.StreamChange;
import banking.journal.TamperedException;
import banking.security.Scope;
import banking.story.StoryLog;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The commands of one transaction, run in memory one after the other, each on what the one before
 * it left. What a command leads to is put together beside the batch and joins it as a whole, so a
 * rejection or an exception anywhere takes back just that command.
 */
final class Batch {

    private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

    /** What somebody has changed is not told to everybody. */
    private static final Outcome TAMPERED =
            new Outcome.NotNow(
                    new Rejection(
                            PipelineRefusal.JOURNAL_TAMPERED,
                            "What is kept of it was changed behind the bank's back; nothing was"
                                    + " done."));

    /** A policy looks at what has become of its command, and at no more. */
    private static final String NO_ANSWER = "{}";

    private final Found found;

    /** The streams that exist, before the batch or by now: a stream begins with its first event. */
    private final Map<StreamId, Working<?, ?>> streams;

    private final Map<CommandId, ProcessedCommand> known;

    /** Those whose events are in the journal, before the batch or by now. */
    private final Set<CommandId> recorded;

    private final Claims claims;
    private final DayTotals days;
    private final ChainKeys keys;
    private final Keys personal;
    private final Instant at;

    private final List<RecordedEvent> events = new ArrayList<>();
    private final List<ProcessedCommand> processed = new ArrayList<>();
    private final List<Given> given = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();
    private final Set<StreamId> hidden = new HashSet<>();

    /**
     * @param taken claims that are known to be other aggregates'
     */
    Batch(Found found, Set<Claim> taken, ChainKeys keys, Clock clock) {
        this.found = found;
        streams = new HashMap<>(found.streams());
        claims = new Claims(taken);
        days = found.days().begin();
        personal = new Keys(found.personal());
        known = new HashMap<>(found.processed());
        this.keys = keys;
        recorded = new HashSet<>(found.recorded());
        at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Runs the commands in their order. All of their streams are looked at before the first is run:
     * what one of them has claimed is taken for all others, whoever's turn comes first.
     */
    void run(List<PendingCommand<?, ?, ?>> commands) {
        streams.forEach(claims::begin);
        commands.forEach(this::run);
    }

    private <S, C, E extends Event> void run(PendingCommand<S, C, E> command) {
        try {
            var first = known.get(command.id());
            if (first == null) {
                var outcome = outcome(command);
                answers.add(() -> command.answer(outcome));
            } else {
                var outcome = again(first, command);
                answers.add(() -> command.answerAgain(outcome));
            }
        } catch (RuntimeException | Error | JsonProcessingException e) {
            answers.add(() -> command.fail(e));
        }
    }

    private <S, C, E extends Event> Outcome outcome(PendingCommand<S, C, E> command)
            throws JsonProcessingException {
        var broken = found.broken().get(command.streamId());
        if (broken instanceof TamperedException) {
            return TAMPERED;
        }
        if (broken != null) {
            throw broken;
        }
        var isOfKind = isOfKind(command.streamId(), command.type().name(), true);
        var scope = command.scope();
        if (!isOfKind && scope instanceof Scope.All) {
            return refuse(command, notFound(command.type().name(), command.streamId()), false);
        }
        var stream = isOfKind ? working(command) : Working.unbegun(command.type());
        if (recorded.contains(command.id())) {
            // Nobody has heard its first answer; this one has it and what came after it.
            return done(command, stream.version(), stream.state(), true);
        }
        var isOthers = !isOfKind || !isIn(scope, command, stream);
        var isHidden = isOthers && stream.version() > 0;
        if (isOthers) {
            // As though it had never begun: nobody is to learn what others have.
            stream = Working.unbegun(command.type());
        }
        if (isHidden) {
            hidden.add(command.streamId());
        }
        var expected = command.context().expectedVersions();
        if (expected != null && !expected.contains(stream.version())) {
            return refuse(
                    command,
                    new Rejection(
                            PipelineRefusal.VERSION_MOVED,
                            "The version is " + stream.version() + " by now."),
                    isHidden);
        }
        for (var reference : command.references()) {
            if (!isOfKind(reference.stream(), reference.kind(), false)) {
                return refuse(command, notFound(reference.kind(), reference.stream()), isHidden);
            }
        }
        return switch (command.type().decide(stream.state(), command.command())) {
            case Decision.Rejected<E>(var rejection) -> refuse(command, rejection, isHidden);
            case Decision.Accepted<E>(var events) when isOthers ->
                    throw new IllegalStateException(command + " begins what is another's");
            case Decision.Accepted<E>(var events) -> accept(command, stream, events);
        };
    }

    private static <S, E extends Event> boolean isIn(
            Scope scope, PendingCommand<S, ?, E> command, Working<S, E> stream) {
        return scope instanceof Scope.All
                || scope.has(command.type().owner(command.streamId(), stream.state()));
    }

    /** The first answer, whatever the stream has become since. */
    private static Outcome again(ProcessedCommand first, PendingCommand<?, ?, ?> command) {
        var requestHash = command.context().requestHash();
        if (requestHash != null && !first.isOf(requestHash)) {
            return new Outcome.Refused(
                    new Rejection(
                            PipelineRefusal.IDEMPOTENCY_KEY_REUSED,
                            "This Idempotency-Key belongs to another request."),
                    false);
        }
        if (first.rejection() == null) {
            return new Outcome.Done(
                    first.id(), first.streamId(), first.version(), first.answer(), false);
        }
        var refusal = PipelineRefusal.stored(first.rejection(), command.type());
        return new Outcome.Refused(new Rejection(refusal, first.answer()), false);
    }

    /** The one way out for what is refused: where that is final, it is remembered. */
    private Outcome refuse(PendingCommand<?, ?, ?> command, Rejection rejection, boolean isOthers) {
        if (command.context().rejectionIsFinal()) {
            var refused =
                    new ProcessedCommand(
                            command.id(),
                            hash(command),
                            command.streamId(),
                            0,
                            rejection.code(),
                            rejection.detail());
            processed.add(refused);
            known.put(command.id(), refused);
        }
        return new Outcome.Refused(rejection, isOthers);
    }

    private <S, C, E extends Event> Outcome accept(
            PendingCommand<S, C, E> command, Working<S, E> stream, List<E> decided)
            throws JsonProcessingException {
        var keptBack = personal.refusal(command.type(), command.streamId(), decided);
        if (keptBack != null) {
            return refuse(command, keptBack, false);
        }
        var written = new ArrayList<RecordedEvent>(decided.size());
        var after = write(command, stream, decided, written);
        var forGood = new HashSet<Claim>();
        decided.forEach(event -> forGood.addAll(command.type().claimsForGood(event)));
        var taken = claims.firstTaken(command.streamId(), after, forGood);
        if (taken != null) {
            return refuse(command, taken, false);
        }
        // Before the limit is used, which stays used if the answer cannot be made.
        var done = done(command, after.version(), after.state(), !written.isEmpty());
        var tooMuch = written.isEmpty() ? null : days.take(command);
        if (tooMuch != null) {
            return refuse(command, tooMuch, false);
        }
        remember(command, after.state(), done);
        if (!written.isEmpty()) {
            events.addAll(written);
            personal.accept(command.streamId(), decided);
            given.add(given(command, after.version()));
            claims.move(command.streamId(), stream, after, forGood);
            streams.put(command.streamId(), after);
        }
        return done;
    }

    /** The events as they are kept, and where they leave their stream. */
    private <S, C, E extends Event> Working<S, E> write(
            PendingCommand<S, C, E> command,
            Working<S, E> stream,
            List<E> decided,
            List<RecordedEvent> written) {
        var version = stream.version();
        var state = stream.state();
        var hash = stream.hash();
        for (var event : decided) {
            version++;
            state = command.type().evolve(state, event);
            var legible = EventCodec.STANDARD.write(envelope(command, version, event));
            written.add(keys.after(hash, personal.sealed(event, legible)));
            hash = written.getLast().hash();
        }
        return stream.at(version, state, hash);
    }

    /** What was accepted is known when it comes again, if it can. */
    private <S, E extends Event> void remember(
            PendingCommand<S, ?, E> command, S state, Outcome.Done done)
            throws JsonProcessingException {
        if (command.context().isOfPolicy() && done.isNew()) {
            // The journal knows it by these, for good.
            recorded.add(command.id());
        } else if (command.isRepeatable()) {
            var accepted =
                    new ProcessedCommand(
                            command.id(),
                            hash(command),
                            command.streamId(),
                            done.version(),
                            null,
                            done.answer());
            var kept = KeptAnswers.kept(command.type(), command.streamId(), state, done.answer());
            processed.add(accepted.answering(kept));
            known.put(command.id(), accepted);
        }
    }

    private static <S, C, E extends Event> Outcome.Done done(
            PendingCommand<S, C, E> command, long version, S state, boolean isNew)
            throws JsonProcessingException {
        var answer =
                command.context().isOfPolicy()
                        ? NO_ANSWER
                        : JSON.writeValueAsString(
                                command.type().answer(command.streamId(), version, state));
        return new Outcome.Done(command.id(), command.streamId(), version, answer, isNew);
    }

    private static Given given(PendingCommand<?, ?, ?> command, long version) {
        var context = command.context();
        var act =
                new Act(
                        command.command().getClass().getSimpleName(),
                        context.caller().words(),
                        context.address());
        return new Given(command.streamId(), version, act);
    }

    private static Rejection notFound(String kind, StreamId id) {
        return new Rejection(Refusal.notFound(kind), "There is no " + kind + " " + id + ".");
    }

    private static Sha256 hash(PendingCommand<?, ?, ?> command) {
        var hash = command.context().requestHash();
        return hash == null ? Sha256.NONE : hash;
    }

    private Envelope<Event> envelope(PendingCommand<?, ?, ?> command, long version, Event event) {
        var context = command.context();
        return new Envelope<>(
                command.streamId(),
                version,
                event,
                context.correlationId(),
                command.id(),
                context.actor(),
                at,
                context.traceparent(),
                context.causedBy());
    }

    @SuppressWarnings("unchecked") // A stream of this type has this type's state.
    private <S, E extends Event> Working<S, E> working(PendingCommand<S, ?, E> command) {
        var begun = (Working<S, E>) streams.get(command.streamId());
        return begun == null ? Working.unbegun(command.type()) : begun;
    }

    /**
     * A stream has the kind that its first event gave it, before the batch or within it.
     *
     * @param unbegun the answer for a stream that has no event yet
     */
    private boolean isOfKind(StreamId id, String kind, boolean unbegun) {
        var begun = streams.get(id);
        var known = begun == null ? found.kinds().get(id) : begun.type().name();
        return known == null ? unbegun : known.equals(kind);
    }

    List<RecordedEvent> events() {
        return events;
    }

    /** The streams of which somebody was told that they are not there. */
    Set<StreamId> hidden() {
        return hidden;
    }

    /** When all of it was decided. */
    Instant at() {
        return at;
    }

    /** The commands that have led to events. */
    List<Given> given() {
        return given;
    }

    List<ProcessedCommand> processed() {
        return processed;
    }

    DayTotals days() {
        return days;
    }

    /** Which keys of customers are made, and which destroyed. */
    Keys personal() {
        return personal;
    }

    /** How the claims of all the streams change. */
    Claims.Change claims() {
        return claims.change(streams);
    }

    /** The streams that got events. */
    List<StreamChange> changes() {
        return streams.entrySet().stream()
                .filter(e -> e.getValue().hasChanged())
                .map(e -> e.getValue().change(e.getKey()))
                .toList();
    }

    /** Tells every caller what became of its command. */
    void answer() {
        if (StoryLog.isOn()) {
            var written = events.stream().map(RecordedEvent::event).toList();
            StoryLog.tell(written, "was committed, in a batch of " + written.size());
        }
        answerOnly();
    }

    /** The same where nothing was committed. */
    void answerOnly() {
        answers.forEach(Runnable::run);
    }
}
