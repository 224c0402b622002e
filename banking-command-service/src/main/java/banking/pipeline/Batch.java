package banking.pipeline;

import banking.events.CommandId;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.EventCodec;
import banking.journal.Claim;
import banking.journal.ProcessedCommand;
import banking.journal.RecordedEvent;
import banking.journal.Sha256;
import banking.journal.StoredStream;
import banking.journal.StreamChange;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one transaction, run in memory one after the other, each on what the one before
 * it left. What a command leads to is put together beside the batch and joins it as a whole, so a
 * rejection or an exception anywhere takes back just that command.
 */
final class Batch {

    private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

    private final Found found;
    private final Map<StreamId, Working<?, ?>> streams = new HashMap<>();
    private final Map<CommandId, ProcessedCommand> known;
    private final Claims claims;
    private final Clock clock;

    private final List<RecordedEvent> events = new ArrayList<>();
    private final List<ProcessedCommand> processed = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();

    /**
     * What the database has of all the commands.
     *
     * @param streams where their streams stand, locked
     * @param processed those of the commands that were processed before, of those whose callers may
     *     give them again
     * @param recorded those of the commands whose events are in the journal already, because a try
     *     was committed whose answer was lost
     * @param references those of the aggregates they speak of that exist
     */
    record Found(
            Map<StreamId, StoredStream> streams,
            Map<CommandId, ProcessedCommand> processed,
            Set<CommandId> recorded,
            Set<Reference> references) {}

    /**
     * @param taken claims that are known to be other aggregates'
     */
    Batch(Found found, Set<Claim> taken, Clock clock) {
        this.found = found;
        claims = new Claims(taken);
        known = new HashMap<>(found.processed());
        this.clock = clock;
    }

    /**
     * Runs the commands in their order. All of their streams are looked at before the first is run:
     * what one of them has claimed is taken for all others, whoever's turn comes first.
     */
    void run(List<PendingCommand<?, ?, ?>> commands) {
        for (var command : commands) {
            claims.begin(command.streamId(), working(command.type(), command.streamId()));
        }
        commands.forEach(this::run);
    }

    private <S, C, E extends Event> void run(PendingCommand<S, C, E> command) {
        try {
            var outcome = outcome(command);
            answers.add(() -> command.outcome().complete(outcome));
        } catch (RuntimeException | Error | JsonProcessingException e) {
            answers.add(() -> command.outcome().completeExceptionally(e));
        }
    }

    private <S, C, E extends Event> Outcome outcome(PendingCommand<S, C, E> command)
            throws JsonProcessingException {
        var first = known.get(command.id());
        if (first != null) {
            return again(first, command.context().requestHash());
        }
        if (belongsToAnother(command.type(), command.streamId())) {
            return new Outcome.Refused(
                    new Rejection(
                            command.type().name() + "-not-found", "The id is of another kind."));
        }
        @SuppressWarnings("unchecked") // A stream of this type has this type's state.
        var stream = (Working<S, E>) working(command.type(), command.streamId());
        if (found.recorded().contains(command.id())) {
            // Nobody has heard its first answer; this one has it and what came after it.
            return done(command, stream.version(), stream.state());
        }
        var expected = command.context().expectedVersion();
        if (expected.isPresent() && expected.getAsLong() != stream.version()) {
            return new Outcome.Refused(
                    new Rejection(
                            "version-moved", "The version is " + stream.version() + " by now."));
        }
        for (var reference : command.type().references(command.command())) {
            if (!found.references().contains(reference)) {
                return refuse(command, missing(reference));
            }
        }
        return switch (command.type().decide(stream.state(), command.command())) {
            case Decision.Rejected<E>(var rejection) -> refuse(command, rejection);
            case Decision.Accepted<E>(var events) -> accept(command, stream, events);
        };
    }

    /** The first answer, whatever the stream has become since. */
    private static Outcome again(ProcessedCommand first, @Nullable Sha256 requestHash) {
        if (requestHash != null && !requestHash.equals(first.requestHash())) {
            return new Outcome.Refused(
                    new Rejection(
                            "idempotency-key-reused",
                            "This Idempotency-Key belongs to another request."));
        }
        return first.rejection() == null
                ? new Outcome.Done(first.id(), first.streamId(), first.version(), first.answer())
                : new Outcome.Refused(new Rejection(first.rejection(), first.answer()));
    }

    private <S, C, E extends Event> Outcome refuse(
            PendingCommand<S, C, E> command, Rejection rejection) {
        if (command.context().rejectionIsFinal()) {
            remember(
                    new ProcessedCommand(
                            command.id(),
                            hash(command),
                            command.streamId(),
                            0,
                            rejection.code(),
                            rejection.detail()));
        }
        return new Outcome.Refused(rejection);
    }

    private <S, C, E extends Event> Outcome accept(
            PendingCommand<S, C, E> command, Working<S, E> stream, List<E> decided)
            throws JsonProcessingException {
        var recorded = new ArrayList<RecordedEvent>(decided.size());
        var version = stream.version();
        var state = stream.state();
        var hash = stream.hash();
        for (var event : decided) {
            version++;
            state = command.type().evolve(state, event);
            var written = EventCodec.STANDARD.write(envelope(command, version, event));
            recorded.add(RecordedEvent.after(hash, written));
            hash = recorded.getLast().hash();
        }
        var after = stream.at(version, state, hash);
        var taken = claims.firstTaken(command.streamId(), after);
        if (taken != null) {
            return refuse(command, taken);
        }
        var done = done(command, version, state);
        if (command.isRepeatable()) {
            remember(
                    new ProcessedCommand(
                            command.id(),
                            hash(command),
                            command.streamId(),
                            version,
                            null,
                            done.answer()));
        }
        events.addAll(recorded);
        claims.move(command.streamId(), stream, after);
        streams.put(command.streamId(), after);
        return done;
    }

    private static <S, C, E extends Event> Outcome.Done done(
            PendingCommand<S, C, E> command, long version, S state) throws JsonProcessingException {
        var answer = command.type().answer(command.streamId(), version, state);
        return new Outcome.Done(
                command.id(), command.streamId(), version, JSON.writeValueAsString(answer));
    }

    private static Rejection missing(Reference reference) {
        return new Rejection(
                reference.type() + "-not-found",
                "There is no " + reference.type() + " " + reference.id() + ".");
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
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                context.traceparent());
    }

    private void remember(ProcessedCommand command) {
        processed.add(command);
        known.put(command.id(), command);
    }

    private Working<?, ?> working(AggregateType<?, ?, ?> type, StreamId id) {
        return streams.computeIfAbsent(id, i -> Working.begin(type, found.streams().get(i)));
    }

    /** Whether the id is that of a stream of another kind, before the batch or within it. */
    private boolean belongsToAnother(AggregateType<?, ?, ?> type, StreamId id) {
        var before = found.streams().get(id);
        return (before != null && !before.type().equals(type.name()))
                || !working(type, id).type().name().equals(type.name());
    }

    List<RecordedEvent> events() {
        return events;
    }

    List<ProcessedCommand> processed() {
        return processed;
    }

    /** How the claims of all the streams change. */
    Claims.Change claims() {
        return Claims.change(streams);
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
        answers.forEach(Runnable::run);
    }
}
