package banking.pipeline;

import banking.aggregate.Claim;
import banking.audit.GivenCommands;
import banking.database.Statements;
import banking.database.Transactions;
import banking.events.CommandId;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.RecordedEvent;
import banking.journal.ClaimedRows;
import banking.journal.Journal;
import banking.journal.JournalLookup;
import banking.journal.JournalLookup.IfLocked;
import banking.outbox.Outbox;
import banking.story.Traces;
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
        var found =
                new BatchReading(statements, ifLocked, states, commands, streams)
                        .found(others, seen, days);
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
