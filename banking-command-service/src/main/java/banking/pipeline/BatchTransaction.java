package banking.pipeline;

import banking.journal.Journal;
import banking.outbox.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** Runs a batch of commands in one transaction: reads, decides in memory, writes, commits. */
final class BatchTransaction {

    private final Journal journal;
    private final Outbox outbox;
    private final Clock clock;

    BatchTransaction(Journal journal, Outbox outbox, Clock clock) {
        this.journal = journal;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * @return what to tell the callers, to be told now that it is committed
     * @throws RuntimeException when nothing was committed, or when the commit's answer was lost
     */
    Batch commit(List<PendingCommand<?, ?, ?>> commands) {
        var batch = QuarkusTransaction.requiringNew().call(() -> run(commands));
        outbox.committed(batch.events().size());
        return batch;
    }

    private Batch run(List<PendingCommand<?, ?, ?>> commands) throws SQLException {
        var streams =
                journal.lock(commands.stream().map(PendingCommand::streamId).distinct().toList());
        var processed =
                journal.processed(commands.stream().map(PendingCommand::id).distinct().toList());
        var batch = new Batch(streams, processed, clock);
        commands.forEach(batch::run);
        journal.append(batch.events(), batch.changes(), batch.processed());
        return batch;
    }
}
