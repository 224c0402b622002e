package banking.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import banking.aggregate.AggregateType;
import banking.aggregate.Claim;
import banking.events.CommandId;
import banking.events.CustomerId;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.EventCodec;
import banking.events.codec.PersonalData;
import banking.events.codec.PersonalKey;
import banking.events.codec.RecordedEvent;
import banking.events.codec.WrittenEvent;
import banking.journal.HashChain;
import banking.journal.ProcessedCommand;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<CustomerId, PersonalKey> keys = new HashMap<>();

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

    /** All that it holds, as it was before it was sealed: that is never the same twice. */
    List<Object> rows() {
        var states = new HashMap<StreamId, Object>();
        streams.forEach((id, stream) -> states.put(id, List.of(stream.version(), stream.state())));
        return List.of(
                states, processed, claims, events.stream().map(e -> opened(e.event())).toList());
    }

    private WrittenEvent opened(WrittenEvent event) {
        var customer = PersonalData.sealedIn(event);
        return customer == null ? event : PersonalData.open(event, keys.get(customer));
    }

    private Found found(List<PendingCommand<?, ?, ?>> commands) {
        var theirs = new HashMap<StreamId, Working<?, ?>>();
        var kinds = new HashMap<StreamId, String>();
        for (var command : commands) {
            var stream = streams.get(command.streamId());
            if (stream != null && stream.type().equals(command.type())) {
                theirs.put(command.streamId(), stream);
            }
        }
        streams.forEach((id, stream) -> kinds.put(id, stream.type().name()));
        return new Found(
                theirs, kinds, Map.of(), told(commands), recorded(), NoLimits.totals(), keys());
    }

    private Set<CommandId> recorded() {
        return events.stream()
                .map(RecordedEvent::event)
                .filter(event -> event.actor().startsWith("policy:"))
                .map(WrittenEvent::causationId)
                .collect(Collectors.toSet());
    }

    private Map<CommandId, ProcessedCommand> told(List<PendingCommand<?, ?, ?>> commands) {
        var all = new HashMap<>(processed);
        for (var command : commands) {
            var first = all.get(command.id());
            var stream = first == null ? null : streams.get(first.streamId());
            if (first != null && stream != null && KeptAnswers.isCut(first.answer())) {
                all.put(command.id(), told(stream.type(), first));
            }
        }
        return all;
    }

    private <S, E extends Event> ProcessedCommand told(
            AggregateType<S, ?, E> type, ProcessedCommand first) {
        try {
            var state = replayed(type, first.streamId(), first.version());
            return first.answering(KeptAnswers.told(type, state, first.answer()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private <S, E extends Event> S replayed(
            AggregateType<S, ?, E> type, StreamId id, long version) {
        var state = type.initial();
        for (var event : of(id)) {
            if (event.version() <= version) {
                var read = EventCodec.STANDARD.read(opened(event.event())).event();
                state = type.replayed(state, read);
            }
        }
        return state;
    }

    private List<RecordedEvent> of(StreamId id) {
        return events.stream().filter(event -> event.streamId().equals(id)).toList();
    }

    private Keys.Stored keys() {
        var stored = new HashMap<CustomerId, Optional<PersonalKey>>();
        keys.forEach((customer, key) -> stored.put(customer, Optional.of(key)));
        return new Keys.Stored(stored, Set.of());
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
        keys.putAll(batch.personal().made());
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
        var ofStream = of(id);
        var chain = new HashChain(KEYS);
        ofStream.forEach(chain::next);
        assertThat(chain.broken()).isNull();
        var version = ofStream.size();
        var state = replayed(type, id, version);
        return new Working<>(
                type, version, type.claims(state), version, state, ofStream.getLast().hash());
    }

    private static String outcome(PendingCommand<?, ?, ?> command) {
        try {
            return command.outcome().join().toString();
        } catch (CompletionException e) {
            return String.valueOf(e.getCause());
        }
    }
}
