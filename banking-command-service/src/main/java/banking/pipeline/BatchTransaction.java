package banking.pipeline;

import banking.database.Transactions;
import banking.events.CommandId;
import banking.events.Event;
import banking.events.StreamId;
import banking.journal.Claim;
import banking.journal.ClaimedRows;
import banking.journal.Journal;
import banking.journal.JournalLookup;
import banking.journal.RecordedEvent;
import banking.journal.StoredStream;
import banking.outbox.Outbox;
import banking.pipeline.Batch.Found;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Runs a batch of commands in one transaction: reads, decides in memory, writes, commits. */
final class BatchTransaction {

    private final Transactions transactions;
    private final Outbox outbox;
    private final Clock clock;

    BatchTransaction(Transactions transactions, Outbox outbox, Clock clock) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * @param seen where the commands' streams stood when a try before this one read them, which may
     *     have been committed for all that is known; this try adds what it reads
     * @return what to tell the callers, to be told now that it is committed
     * @throws SQLException when nothing was committed, or when the commit's answer was lost
     */
    Batch commit(List<PendingCommand<?, ?, ?>> commands, Map<StreamId, Long> seen)
            throws SQLException {
        var name = UUID.randomUUID();
        Batch batch = transactions.commit(transaction -> run(name, commands, seen, transaction));
        outbox.committed(name, batch.events().stream().map(RecordedEvent::event).toList());
        return batch;
    }

    boolean isProcessed(CommandId id) throws SQLException {
        return transactions.commit(
                transaction -> !JournalLookup.processed(transaction, List.of(id)).isEmpty());
    }

    private Batch run(
            UUID name,
            List<PendingCommand<?, ?, ?>> commands,
            Map<StreamId, Long> seen,
            Connection transaction)
            throws SQLException {
        var found = find(commands, seen, transaction);
        var taken = new HashSet<Claim>();
        while (true) {
            var batch = new Batch(found, taken, clock);
            batch.run(commands);
            // Only the database knows what others claim at this moment. Deciding is pure, so it is
            // done again with what turned out to be taken; that grows, so this ends.
            var refused = claim(transaction, batch.claims());
            if (refused.isEmpty()) {
                Journal.appendAndCommit(
                        transaction, name, batch.events(), batch.changes(), batch.processed());
                return batch;
            }
            taken.addAll(refused);
        }
    }

    private static Found find(
            List<PendingCommand<?, ?, ?>> commands,
            Map<StreamId, Long> seen,
            Connection transaction)
            throws SQLException {
        var streams =
                JournalLookup.lock(
                        transaction,
                        commands.stream().map(PendingCommand::streamId).distinct().toList());
        for (var command : commands) {
            restore(command.type(), command.streamId(), streams, transaction);
        }
        var recorded = recorded(commands, seen, streams, transaction);
        var repeatable =
                commands.stream()
                        .filter(PendingCommand::isRepeatable)
                        .map(PendingCommand::id)
                        .distinct()
                        .toList();
        var references =
                commands.stream()
                        .flatMap(command -> command.references().stream())
                        .collect(Collectors.toSet());
        var types =
                JournalLookup.types(
                        transaction, references.stream().map(Reference::id).distinct().toList());
        references.removeIf(reference -> !reference.type().equals(types.get(reference.id())));
        return new Found(
                streams, JournalLookup.processed(transaction, repeatable), recorded, references);
    }

    /**
     * Those of the commands that a try before this one has committed after all. To be asked with
     * the streams locked: by then that try has come to its end, whatever it was.
     */
    private static Set<CommandId> recorded(
            List<PendingCommand<?, ?, ?>> commands,
            Map<StreamId, Long> seen,
            Map<StreamId, StoredStream> streams,
            Connection transaction)
            throws SQLException {
        var recorded = new HashSet<CommandId>();
        for (var command : commands) {
            var stream = streams.get(command.streamId());
            var now = stream == null ? 0 : stream.version();
            var before = seen.putIfAbsent(command.streamId(), now);
            if (before != null
                    && before < now
                    && JournalLookup.isRecorded(
                            transaction, command.streamId(), before, command.id())) {
                recorded.add(command.id());
            }
        }
        return recorded;
    }

    /** A state that is empty was written in a form of before; the events lead to today's. */
    private static <S, E extends Event> void restore(
            AggregateType<S, ?, E> type,
            StreamId id,
            Map<StreamId, StoredStream> streams,
            Connection transaction)
            throws SQLException {
        var stored = streams.get(id);
        if (stored == null || !stored.state().isEmpty() || !stored.type().equals(type.name())) {
            return;
        }
        var replay = new Replay<>(type);
        JournalLookup.replay(transaction, id, replay);
        streams.put(id, stored.withState(type.format().write(replay.state())));
    }

    /**
     * @return what was claimed by others; then no claim has changed
     */
    private static Set<Claim> claim(Connection transaction, Claims.Change change)
            throws SQLException {
        if (change.given().isEmpty() && change.made().isEmpty()) {
            return Set.of();
        }
        var before = transaction.setSavepoint();
        ClaimedRows.delete(transaction, change.given());
        var refused = ClaimedRows.insert(transaction, change.made());
        if (!refused.isEmpty()) {
            transaction.rollback(before);
        }
        return refused;
    }
}
