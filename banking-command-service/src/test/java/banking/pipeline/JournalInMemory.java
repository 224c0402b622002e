package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.aggregate.Claim;
import banking.events.CommandId;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.RecordedEvent;
import banking.events.codec.WrittenEvent;
import banking.journal.ProcessedCommand;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** What the database is to batches of commands, as {@link BatchTransaction} asks it. */
final class JournalInMemory {

    static final ChainKeys KEYS = ChainKeys.of(List.of("1 " + "07".repeat(32)));

    private final Clock clock;
    private final Map<StreamId, Working<?, ?>> streams = new HashMap<>();
    private final Map<CommandId, ProcessedCommand> processed = new HashMap<>();
    private final Map<Claim, StreamId> claims = new HashMap<>();
    private final List<RecordedEvent> events = new ArrayList<>();

    JournalInMemory(Clock clock) {
        this.clock = clock;
    }

    /** Runs the commands in one transaction; each outcome as a text, a failure's too. */
    List<String> commit(List<PendingCommand<?, ?, ?>> commands) {
        var taken = new HashSet<Claim>();
        while (true) {
            var batch = new Batch(found(commands), taken, KEYS, clock);
            batch.run(commands);
            var refused = claim(batch.claims());
            if (refused.isEmpty()) {
                keep(batch, commands);
                batch.answer();
                return commands.stream().map(JournalInMemory::outcome).toList();
            }
            taken.addAll(refused);
        }
    }

    /** All that it holds. */
    List<Object> rows() {
        return List.of(streams, processed, claims, events);
    }

    private Batch.Found found(List<PendingCommand<?, ?, ?>> commands) {
        var theirs = new HashMap<StreamId, Working<?, ?>>();
        var kinds = new HashMap<StreamId, String>();
        for (var command : commands) {
            var stream = streams.get(command.streamId());
            if (stream != null && stream.type().equals(command.type())) {
                theirs.put(command.streamId(), stream);
            }
        }
        streams.forEach((id, stream) -> kinds.put(id, stream.type().name()));
        return new Batch.Found(theirs, kinds, Map.of(), Map.copyOf(processed), recorded());
    }

    private Set<CommandId> recorded() {
        return events.stream()
                .map(RecordedEvent::event)
                .filter(event -> event.actor().startsWith("policy:"))
                .map(WrittenEvent::causationId)
                .collect(Collectors.toSet());
    }

    private Set<Claim> claim(Claims.Change change) {
        var after = new HashMap<>(claims);
        after.keySet().removeAll(change.given().keySet());
        var refused = new HashSet<Claim>(change.passing());
        refused.retainAll(claims.keySet());
        for (var wanted : List.of(change.made(), change.forGood())) {
            wanted.forEach(
                    (claim, owner) -> {
                        if (after.putIfAbsent(claim, owner) != null) {
                            refused.add(claim);
                        }
                    });
        }
        if (refused.isEmpty()) {
            claims.clear();
            claims.putAll(after);
        }
        return refused;
    }

    private void keep(Batch batch, List<PendingCommand<?, ?, ?>> commands) {
        events.addAll(batch.events());
        batch.processed().forEach(command -> processed.put(command.id(), command));
        for (var change : batch.changes()) {
            commands.stream()
                    .filter(command -> command.streamId().equals(change.streamId()))
                    .filter(command -> command.type().name().equals(change.type()))
                    .findFirst()
                    .ifPresent(
                            command ->
                                    streams.put(
                                            change.streamId(),
                                            state(command.type(), change.streamId())));
        }
    }

    private <S, E extends Event> Working<S, E> state(AggregateType<S, ?, E> type, StreamId id) {
        var replay = new Replay<>(type);
        var ofStream =
                events.stream().filter(event -> event.event().streamId().equals(id)).toList();
        ofStream.forEach(event -> replay.accept(event.event()));
        var version = ofStream.size();
        return new Working<>(
                type,
                version,
                type.claims(replay.state()),
                version,
                replay.state(),
                ofStream.getLast().hash());
    }

    private static String outcome(PendingCommand<?, ?, ?> command) {
        try {
            return command.outcome().join().toString();
        } catch (CompletionException e) {
            return String.valueOf(e.getCause());
        }
    }
}
