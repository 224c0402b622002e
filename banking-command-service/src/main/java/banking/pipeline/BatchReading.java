package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.database.Statements;
import banking.events.CommandId;
import banking.events.CustomerId;
import banking.events.Event;
import banking.events.StreamId;
import banking.journal.CustomerKeys;
import banking.journal.CustomerKeys.Purpose;
import banking.journal.JournalLookup;
import banking.journal.JournalLookup.IfLocked;
import banking.journal.ProcessedCommand;
import banking.journal.StoredStream;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a batch's commands are decided on, in the batch's transaction.
 *
 * @param ifLocked LOOK_ON where nothing is to be locked
 * @param stored where the commands' streams stand, as far as they have begun
 */
record BatchReading(
        Statements statements,
        IfLocked ifLocked,
        StoredStates states,
        List<PendingCommand<?, ?, ?>> commands,
        Map<StreamId, StoredStream> stored) {

    /**
     * @param others the types of what the commands are for, or speak of, and what is not read here
     * @param seen where their streams stood in a try before this one; what is read is added
     * @param days what their givers have moved today
     */
    Found found(Map<StreamId, String> others, Map<StreamId, Long> seen, DayTotals days)
            throws SQLException {
        var kinds = new HashMap<>(others);
        stored.forEach((id, stream) -> kinds.put(id, stream.type()));
        var streams = new HashMap<StreamId, Working<?, ?>>();
        var broken = new HashMap<StreamId, RuntimeException>();
        for (var command : commands) {
            var id = command.streamId();
            var stream = stored.get(id);
            if (stream != null
                    && stream.type().equals(command.type().name())
                    && !streams.containsKey(id)
                    && !broken.containsKey(id)) {
                try {
                    streams.put(id, begin(command.type(), id, stream));
                } catch (RuntimeException e) {
                    broken.put(id, e);
                }
            }
        }
        var recorded = recorded(seen);
        var known = known();
        recorded.addAll(known.ofPolicies());
        return new Found(streams, kinds, broken, known.processed(), recorded, days, personal());
    }

    /** What is known of those that may have come before, with the answers that they got. */
    private JournalLookup.Known known() throws SQLException {
        var repeatable = new HashSet<CommandId>();
        var ofPolicies = new HashMap<CommandId, String>();
        for (var command : commands) {
            if (command.isRepeatable()) {
                repeatable.add(command.id());
            }
            if (command.context().isOfPolicy()) {
                ofPolicies.put(command.id(), command.context().correlationId());
            }
        }
        var known = JournalLookup.known(statements, repeatable, ofPolicies);
        for (var command : commands) {
            var first = known.processed().get(command.id());
            if (first != null && KeptAnswers.isCut(first.answer())) {
                known.processed().put(command.id(), told(command.type(), first));
            }
        }
        return known;
    }

    private <S, E extends Event> Working<S, E> begin(
            AggregateType<S, ?, E> type, StreamId id, StoredStream stream) throws SQLException {
        return Working.begin(type, stream, states.read(type, id, stream, statements));
    }

    /**
     * Those of the commands that a try before this one has committed after all. To be asked with
     * the streams locked: by then that try has come to its end, whatever it was.
     */
    private Set<CommandId> recorded(Map<StreamId, Long> seen) throws SQLException {
        var recorded = new HashSet<CommandId>();
        for (var command : commands) {
            var stream = stored.get(command.streamId());
            var now = stream == null ? 0 : stream.version();
            var before = seen.putIfAbsent(command.streamId(), now);
            if (before != null
                    && before < now
                    && JournalLookup.isRecorded(
                            statements, command.streamId(), before, command.id())) {
                recorded.add(command.id());
            }
        }
        return recorded;
    }

    private <S, E extends Event> ProcessedCommand told(
            AggregateType<S, ?, E> type, ProcessedCommand first) throws SQLException {
        var stored = JournalLookup.read(statements, type.name(), first.streamId());
        if (stored.isEmpty()) {
            return first;
        }
        // An owner stays the same; who has a key may have had another address, and few events.
        var state =
                type.hasKey()
                        ? states.replayed(
                                type, first.streamId(), stored.get(), first.version(), statements)
                        : states.read(type, first.streamId(), stored.get(), statements);
        try {
            return first.answering(KeptAnswers.told(type, state, first.answer()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text cannot be written", e);
        }
    }

    /** Of most batches there is nothing to ask. */
    private Keys.Stored personal() throws SQLException {
        var customers = new HashSet<CustomerId>();
        var destroyed = new HashSet<CustomerId>();
        for (var command : commands) {
            if (command.type().hasKey()) {
                var customer = new CustomerId(command.streamId().value());
                (command.destroysKey() ? destroyed : customers).add(customer);
            }
            for (var reference : command.references()) {
                if (reference instanceof CustomerId customer) {
                    customers.add(customer);
                }
            }
        }
        if (customers.isEmpty() && destroyed.isEmpty()) {
            return Keys.Stored.NONE;
        }
        customers.removeAll(destroyed);
        var looks = ifLocked == IfLocked.LOOK_ON;
        var use = looks ? Purpose.LOOK : Purpose.USE;
        var locked = new HashMap<>(states.personal().lock(statements, customers, use));
        if (destroyed.isEmpty()) {
            return new Keys.Stored(locked, Set.of());
        }
        var destroy = looks ? Purpose.LOOK : Purpose.DESTROY;
        locked.putAll(states.personal().lock(statements, destroyed, destroy));
        return new Keys.Stored(locked, CustomerKeys.withOpenAccounts(statements, destroyed));
    }
}
