package banking.pipeline;

import banking.events.CommandId;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.EventCodec;
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
import org.jspecify.annotations.Nullable;

/**
 * The commands of one transaction, run in memory one after the other, each on what the one before
 * it left. What a command leads to is put together beside the batch and joins it as a whole, so a
 * rejection or an exception anywhere takes back just that command.
 */
final class Batch {

    private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

    private final Map<StreamId, StoredStream> stored;
    private final Map<StreamId, Working<?, ?>> streams = new HashMap<>();
    private final Map<CommandId, ProcessedCommand> known;
    private final Clock clock;

    private final List<RecordedEvent> events = new ArrayList<>();
    private final List<ProcessedCommand> processed = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();

    /** A stream as the commands so far have left it. */
    private record Working<S, E extends Event>(
            AggregateType<S, ?, E> type, long versionBefore, long version, S state, Sha256 hash) {}

    /**
     * @param stored the locked streams of all the commands
     * @param known those of the commands that were processed before
     */
    Batch(Map<StreamId, StoredStream> stored, Map<CommandId, ProcessedCommand> known, Clock clock) {
        this.stored = stored;
        this.known = new HashMap<>(known);
        this.clock = clock;
    }

    <S, C, E extends Event> void run(PendingCommand<S, C, E> command) {
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
        var expected = command.context().expectedVersion();
        if (expected.isPresent() && expected.getAsLong() != stream.version) {
            return new Outcome.Refused(
                    new Rejection(
                            "version-moved", "The version is " + stream.version + " by now."));
        }
        return switch (command.type().decide().apply(stream.state, command.command())) {
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
                ? new Outcome.Done(first.streamId(), first.version(), first.answer())
                : new Outcome.Refused(new Rejection(first.rejection(), first.answer()));
    }

    private <S, C, E extends Event> Outcome refuse(
            PendingCommand<S, C, E> command, Rejection rejection) {
        var requestHash = command.context().requestHash();
        if (requestHash != null) {
            remember(
                    new ProcessedCommand(
                            command.id(),
                            requestHash,
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
        var version = stream.version;
        var state = stream.state;
        var hash = stream.hash;
        for (var event : decided) {
            version++;
            state = command.type().evolve().apply(state, event);
            var written = EventCodec.STANDARD.write(envelope(command, version, event));
            recorded.add(RecordedEvent.after(hash, written));
            hash = recorded.getLast().hash();
        }
        var answer =
                JSON.writeValueAsString(
                        command.type().answer().of(command.streamId(), version, state));

        var requestHash = command.context().requestHash();
        remember(
                new ProcessedCommand(
                        command.id(),
                        requestHash == null ? Sha256.NONE : requestHash,
                        command.streamId(),
                        version,
                        null,
                        answer));
        events.addAll(recorded);
        streams.put(
                command.streamId(),
                new Working<>(command.type(), stream.versionBefore, version, state, hash));
        return new Outcome.Done(command.streamId(), version, answer);
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
        return streams.computeIfAbsent(id, i -> begin(type, stored.get(i)));
    }

    private static <S, C, E extends Event> Working<S, E> begin(
            AggregateType<S, C, E> type, @Nullable StoredStream stored) {
        if (stored == null || !stored.type().equals(type.name())) {
            return new Working<>(type, 0, 0, type.initial(), Sha256.NONE);
        }
        var state = type.format().read(stored.state());
        return new Working<>(type, stored.version(), stored.version(), state, stored.hash());
    }

    /** Whether the id is that of a stream of another kind, before the batch or within it. */
    private boolean belongsToAnother(AggregateType<?, ?, ?> type, StreamId id) {
        var before = stored.get(id);
        return (before != null && !before.type().equals(type.name()))
                || !working(type, id).type.name().equals(type.name());
    }

    List<RecordedEvent> events() {
        return events;
    }

    List<ProcessedCommand> processed() {
        return processed;
    }

    /** The streams that got events. */
    List<StreamChange> changes() {
        return streams.entrySet().stream()
                .filter(e -> e.getValue().version > e.getValue().versionBefore)
                .map(e -> change(e.getKey(), e.getValue()))
                .toList();
    }

    private static <S, E extends Event> StreamChange change(StreamId id, Working<S, E> stream) {
        return new StreamChange(
                id,
                stream.type.name(),
                stream.versionBefore,
                stream.version,
                stream.type.format().write(stream.state),
                stream.hash);
    }

    /** Tells every caller what became of its command. */
    void answer() {
        answers.forEach(Runnable::run);
    }
}
