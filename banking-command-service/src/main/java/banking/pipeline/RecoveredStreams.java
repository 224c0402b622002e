package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.aggregate.Claim;
import banking.database.Statements;
import banking.events.CommandId;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerId;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.EventCodec;
import banking.events.codec.Sha256;
import banking.events.codec.WrittenEvent;
import banking.journal.ClaimedRows;
import banking.journal.CustomerKeys;
import banking.journal.Journal;
import banking.journal.JournalLookup;
import banking.journal.JournalLookup.IfLocked;
import banking.journal.LostEvents;
import banking.journal.ProcessedCommand;
import banking.journal.StoredStream;
import banking.journal.StreamChange;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes again what stands beside the journal of streams that were given events back: states, when
 * they fall due, claims, and which commands were carried out and how they were answered.
 */
@ApplicationScoped
class RecoveredStreams {

    private static final ObjectWriter JSON = JsonMapper.builder().build().writer();
    private static final int PAGE = 100;

    private final ChainKeys keys;
    private final List<AggregateType<?, ?, ?>> types;
    private final CustomerKeys personal;

    RecoveredStreams(
            ChainKeys keys, CustomerKeys personal, @All List<AggregateType<?, ?, ?>> types) {
        this.keys = keys;
        this.personal = personal;
        this.types = types;
    }

    /** What some streams come to. */
    private static final class Made {

        private final List<StreamChange> changes = new ArrayList<>();
        private final Map<Claim, StreamId> claims = new HashMap<>();
        private final Map<CommandId, ProcessedCommand> answers = new LinkedHashMap<>();
        private final List<CustomerId> erased = new ArrayList<>();
    }

    /**
     * A page of them.
     *
     * @return how many
     */
    int makeAnew(Statements statements) throws SQLException {
        LostEvents.takeTurn(statements);
        var unfinished = LostEvents.unfinished(statements, PAGE);
        var stored = JournalLookup.lock(statements, unfinished.keySet(), IfLocked.WAIT);
        var made = new Made();
        for (var stream : stored.entrySet()) {
            var type = type(stream.getValue().type());
            var above = unfinished.getOrDefault(stream.getKey(), 0L);
            make(type, stream.getKey(), stream.getValue(), above, statements, made);
        }
        ClaimedRows.replace(statements, stored.keySet(), made.claims);
        Journal.add(statements, keys, List.of(), made.changes, List.copyOf(made.answers.values()));
        Journal.tellCustomers(statements, made.changes);
        personal.write(statements, Map.of(), made.erased);
        LostEvents.finish(statements, unfinished.keySet());
        return unfinished.size();
    }

    private AggregateType<?, ?, ?> type(String name) {
        return types.stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no type " + name));
    }

    private <S, E extends Event> void make(
            AggregateType<S, ?, E> type,
            StreamId id,
            StoredStream stored,
            long above,
            Statements statements,
            Made made)
            throws SQLException {
        var replay = new Replay<>(type, personal.of(statements, id));
        JournalLookup.replay(
                statements,
                keys,
                id,
                stored,
                written -> {
                    replay.accept(written);
                    var event = EventCodec.STANDARD.read(written).event();
                    type.claimedForGood(event).forEach(claim -> made.claims.put(claim, id));
                    if (event instanceof CustomerErased) {
                        made.erased.add(new CustomerId(id.value()));
                    }
                    if (written.version() > above) {
                        // Of the events of a command the last is answered with.
                        var answer = answer(type, id, written.version(), replay.state());
                        made.answers.put(written.causationId(), processed(written, answer));
                    }
                });
        type.claims(replay.state()).forEach(claim -> made.claims.put(claim, id));
        var version = stored.version();
        var stands = new Working<>(type, version, Set.of(), version, replay.state(), stored.hash());
        made.changes.add(stands.change(id));
    }

    private static ProcessedCommand processed(WrittenEvent event, String answer) {
        return new ProcessedCommand(
                event.causationId(), Sha256.NONE, event.streamId(), event.version(), null, answer);
    }

    private static <S> String answer(
            AggregateType<S, ?, ?> type, StreamId id, long version, S state) {
        try {
            var answer = JSON.writeValueAsString(type.answer(id, version, state));
            return KeptAnswers.kept(type, id, state, answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written", e);
        }
    }
}
