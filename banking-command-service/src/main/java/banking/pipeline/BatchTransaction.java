package banking.pipeline;

import banking.database.Transactions;
import banking.journal.Journal;
import banking.outbox.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

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
     * @param again whether the commands have been in a transaction before, which may have been
     *     committed for all that is known
     * @return what to tell the callers, to be told now that it is committed
     * @throws SQLException when nothing was committed, or when the commit's answer was lost
     */
    Batch commit(List<PendingCommand<?, ?, ?>> commands, boolean again) throws SQLException {
        Batch batch = transactions.commit(transaction -> run(commands, again, transaction));
        outbox.committed(batch.events().size());
        return batch;
    }

    private Batch run(List<PendingCommand<?, ?, ?>> commands, boolean again, Connection transaction)
            throws SQLException {
        var streams =
                Journal.lock(
                        transaction,
                        commands.stream().map(PendingCommand::streamId).distinct().toList());
        var mayBeProcessed =
                commands.stream()
                        .filter(command -> again || command.isRepeatable())
                        .map(PendingCommand::id)
                        .distinct()
                        .toList();
        var processed = Journal.processed(transaction, mayBeProcessed);
        var batch = new Batch(streams, processed, clock);
        commands.forEach(batch::run);
        Journal.append(transaction, batch.events(), batch.changes(), batch.processed());
        return batch;
    }
}
