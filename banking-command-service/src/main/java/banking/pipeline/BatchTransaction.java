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
     * @return what to tell the callers, to be told now that it is committed
     * @throws SQLException when nothing was committed, or when the commit's answer was lost
     */
    Batch commit(List<PendingCommand<?, ?, ?>> commands) throws SQLException {
        Batch batch = transactions.commit(transaction -> run(commands, transaction));
        outbox.committed(batch.events().size());
        return batch;
    }

    private Batch run(List<PendingCommand<?, ?, ?>> commands, Connection transaction)
            throws SQLException {
        var ids = commands.stream().map(PendingCommand::streamId).distinct().toList();
        var streams = Journal.lock(transaction, ids);
        var commandIds = commands.stream().map(PendingCommand::id).distinct().toList();
        var batch = new Batch(streams, Journal.processed(transaction, commandIds), clock);
        commands.forEach(batch::run);
        Journal.append(transaction, batch.events(), batch.changes(), batch.processed());
        return batch;
    }
}
