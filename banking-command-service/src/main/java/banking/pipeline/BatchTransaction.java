package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.aggregate.Claim;
import banking.audit.GivenCommands;
import banking.database.Statements;
import banking.database.Transactions;
import banking.events.CommandId;
import banking.events.CustomerId;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.RecordedEvent;
import banking.journal.ClaimedRows;
import banking.journal.CustomerKeys;
import banking.journal.CustomerKeys.Purpose;
import banking.journal.Journal;
import banking.journal.JournalLookup;
import banking.journal.JournalLookup.IfLocked;
import banking.journal.ProcessedCommand;
import banking.journal.StoredStream;
import banking.outbox.Outbox;
import banking.pipeline.Batch.Found;
import banking.story.Traces;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Runs a batch of commands in one transaction: reads, decides in memory, writes, commits. */
final class BatchTransaction {

    private final Transactions transactions;
    private final Outbox outbox;
    private final StoredStates states;
    private final Traces traces;
    private final DayLimits limits;
    private final ChainKeys keys;
    private final Clock clock;
    private final List<Consumer<List<RecordedEvent>>> followers = new CopyOnWriteArrayList<>();

    BatchTransaction(
            Transactions transactions,
            Outbox outbox,
            StoredStates states,
            Traces traces,
            DayLimits limits,
            ChainKeys keys,
            Clock clock) {
        this.limits = limits;
        this.transactions = transactions;
        this.outbox = outbox;
        this.states = states;
        this.traces = traces;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * What has become of the commands of a batch.
     *
     * @param held those whose streams another transaction has locked; nothing was done of them
     */
    record Committed(Batch batch, List<PendingCommand<?, ?, ?>> held) {}

    /**
     * @param seen where the commands' streams stood when a try before this one read them, which may
     *     have been committed for all that is known; this try adds what it reads
     * @return what to tell the callers, to be told now that it is committed
     * @throws SQLException when nothing was committed, or when the commit's answer was lost
     */
    Committed commit(
            List<PendingCommand<?, ?, ?>> commands, Map<StreamId, Long> seen, IfLocked ifLocked)
            throws SQLException {
        var name = UUID.randomUUID();
        var span =
                traces.step(
                        "commit batch",
                        clock.instant(),
                        commands,
                        command -> command.context().traceparent());
        try {
            var committed =
                    transactions.commit(
                            statements -> run(name, commands, seen, ifLocked, statements));
            var events = committed.batch().events();
            outbox.committed(name, events);
            followers.forEach(follower -> follower.accept(events));
            return committed;
        } finally {
            span.end();
        }
    }

    /**
     * Decides commands one after the other, each on what those before it would leave, and leaves
     * all as it is.
     *
     * @return what to tell the callers
     */
    Batch tryOut(List<PendingCommand<?, ?, ?>> commands) throws SQLException {
        return transactions.commit(
                statements -> {
                    statements.write("set transaction isolation level repeatable read read only");
                    var unseen = new HashMap<StreamId, Long>();
                    return run(UUID.randomUUID(), commands, unseen, IfLocked.LOOK_ON, statements)
                            .batch();
                });
    }

    void follow(Consumer<List<RecordedEvent>> follower) {
        followers.add(follower);
    }

    Set<CommandId> processed(Map<CommandId, String> commands) throws SQLException {
        return transactions.single(s -> JournalLookup.known(s, commands.keySet(), commands)).ids();
    }

    private Committed run(
            UUID name,
            List<PendingCommand<?, ?, ?>> all,
            Map<StreamId, Long> seen,
            IfLocked ifLocked,
            Statements statements)
            throws SQLException {
        var streams =
                JournalLookup.lock(
                        statements,
                        all.stream().map(PendingCommand::streamId).distinct().toList(),
                        ifLocked);
        var others = typesOfOthers(all, streams.keySet(), statements);
        var commands = new ArrayList<PendingCommand<?, ?, ?>>(all.size());
        var held = new ArrayList<PendingCommand<?, ?, ?>>();
        for (var command : all) {
            // It exists, or has come to exist just now, and was not locked: so another has it.
            (others.containsKey(command.streamId()) ? held : commands).add(command);
        }
        var today = limits.today(clock.instant());
        var days = DayTotals.lock(statements, limits, commands, today, ifLocked);
        commands.removeIf(command -> days.isHeld(command) && held.add(command));
        var found = find(commands, streams, others, seen, days, ifLocked, statements);
        var taken = new HashSet<Claim>();
        while (true) {
            var batch = new Batch(found, taken, keys, clock);
            batch.run(commands);
            lookForHidden(batch, statements);
            // Only the database knows what others claim at this moment. Deciding is pure, so it is
            // done again with what turned out to be taken; that grows, so this ends.
            var refused = claim(statements, batch.claims(), ifLocked);
            if (refused.isEmpty() && ifLocked == IfLocked.LOOK_ON) {
                return new Committed(batch, held);
            }
            if (refused.isEmpty()) {
                // These travel with the commit.
                var changes = batch.changes();
                Journal.add(statements, keys, batch.events(), changes, batch.processed());
                batch.days().write(statements);
                states.personal()
                        .write(statements, batch.personal().made(), batch.personal().destroyed());
                GivenCommands.add(statements, keys, name, batch.at(), batch.given());
                Outbox.add(statements, name, changes);
                return new Committed(batch, held);
            }
            taken.addAll(refused);
        }
    }

    /** What is another's costs what is not there: the look for who may have it. */
    private static void lookForHidden(Batch batch, Statements statements) throws SQLException {
        if (!batch.hidden().isEmpty()) {
            JournalLookup.types(statements, batch.hidden());
        }
    }

    /**
     * The types of those of the streams that the commands are for, or speak of, that exist and are
     * not locked here. For most batches there is nothing to ask.
     */
    private static Map<StreamId, String> typesOfOthers(
            List<PendingCommand<?, ?, ?>> commands, Set<StreamId> locked, Statements statements)
            throws SQLException {
        var others = new HashSet<StreamId>();
        for (var command : commands) {
            others.add(command.streamId());
            command.references().forEach(reference -> others.add(reference.stream()));
        }
        others.removeAll(locked);
        return JournalLookup.types(statements, others);
    }

    private Found find(
            List<PendingCommand<?, ?, ?>> commands,
            Map<StreamId, StoredStream> stored,
            Map<StreamId, String> others,
            Map<StreamId, Long> seen,
            DayTotals days,
            IfLocked ifLocked,
            Statements statements)
            throws SQLException {
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
                    streams.put(id, begin(command.type(), id, stream, statements));
                } catch (RuntimeException e) {
                    broken.put(id, e);
                }
            }
        }
        var recorded = recorded(commands, seen, stored, statements);
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
        recorded.addAll(known.ofPolicies());
        for (var command : commands) {
            var first = known.processed().get(command.id());
            if (first != null && KeptAnswers.isCut(first.answer())) {
                known.processed().put(command.id(), told(command.type(), first, statements));
            }
        }
        var kinds = new HashMap<>(others);
        stored.forEach((id, stream) -> kinds.put(id, stream.type()));
        return new Found(
                streams,
                kinds,
                broken,
                known.processed(),
                recorded,
                days,
                personal(commands, ifLocked, statements));
    }

    private <S, E extends Event> ProcessedCommand told(
            AggregateType<S, ?, E> type, ProcessedCommand first, Statements statements)
            throws SQLException {
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
    private Keys.Stored personal(
            List<PendingCommand<?, ?, ?>> commands, IfLocked ifLocked, Statements statements)
            throws SQLException {
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

    private <S, E extends Event> Working<S, E> begin(
            AggregateType<S, ?, E> type, StreamId id, StoredStream stored, Statements statements)
            throws SQLException {
        return Working.begin(type, stored, states.read(type, id, stored, statements));
    }

    /**
     * Those of the commands that a try before this one has committed after all. To be asked with
     * the streams locked: by then that try has come to its end, whatever it was.
     */
    private static Set<CommandId> recorded(
            List<PendingCommand<?, ?, ?>> commands,
            Map<StreamId, Long> seen,
            Map<StreamId, StoredStream> streams,
            Statements statements)
            throws SQLException {
        var recorded = new HashSet<CommandId>();
        for (var command : commands) {
            var stream = streams.get(command.streamId());
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

    /**
     * @return what was claimed by others; then no claim has changed
     */
    private static Set<Claim> claim(Statements statements, Claims.Change change, IfLocked ifLocked)
            throws SQLException {
        if (change.isNone()) {
            return Set.of();
        }
        if (ifLocked == IfLocked.LOOK_ON) {
            return ClaimedRows.among(statements, change.wanted());
        }
        if (change.isForGoodOnly() && ifLocked == IfLocked.PASS_OVER) {
            // Hardly ever taken; where one is, the commands go on apart, and wait for its answer.
            ClaimedRows.add(statements, change.forGood());
            return Set.of();
        }
        var refused = ClaimedRows.among(statements, change.passing());
        return refused.isEmpty()
                ? ClaimedRows.change(statements, change.given(), change.made(), change.forGood())
                : refused;
    }
}
