package banking.outbox;

import banking.database.Statements;
import banking.database.Transactions;
import banking.events.CustomerId;
import banking.journal.CustomerKeys;
import banking.outbox.Outbox.Run;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Has the customers' keys wrapped with the newest master key, and published so: each again before
 * its customer's first event, by the relay, behind what waits there, so that no key comes back that
 * is destroyed meanwhile. A page is one transaction; what is done stays done, whenever it ends.
 */
@ApplicationScoped
public class Rewrapping {

    private static final int PAGE = 500;
    private static final Duration ENOUGH = Duration.ofSeconds(5);
    private static final CustomerId FIRST = new CustomerId(new UUID(0, 0));

    private final Transactions transactions;
    private final CustomerKeys keys;
    private final Outbox outbox;
    private final OutboxConfig config;

    Rewrapping(Transactions transactions, CustomerKeys keys, Outbox outbox, OutboxConfig config) {
        this.transactions = transactions;
        this.keys = keys;
        this.outbox = outbox;
        this.config = config;
    }

    /**
     * @param wrapped how many keys were
     * @param left how many there are that the newest master key has not wrapped
     */
    public record Progress(long wrapped, long left) {}

    /**
     * Goes on for a few seconds at the most.
     *
     * @return empty where nothing was done, because what is new waits itself
     */
    public Optional<Progress> goOn() throws SQLException, InterruptedException {
        var stopAt = System.nanoTime() + ENOUGH.toNanos();
        var after = FIRST;
        var wrapped = 0L;
        while (System.nanoTime() - stopAt < 0) {
            var nextAt = System.nanoTime() + config.republishPace().toNanos();
            var from = after;
            var page = transactions.commit(s -> page(s, from));
            if (page.isEmpty()) {
                break;
            }
            wrapped += page.get().size();
            outbox.wake();
            if (page.get().size() < PAGE) {
                return Optional.of(new Progress(wrapped, left()));
            }
            after = page.get().getLast();
            TimeUnit.NANOSECONDS.sleep(Math.max(0, nextAt - System.nanoTime()));
        }
        return wrapped == 0 ? Optional.empty() : Optional.of(new Progress(wrapped, left()));
    }

    private long left() throws SQLException {
        return transactions.single(keys::wrappedByOthers);
    }

    private Optional<List<CustomerId>> page(Statements statements, CustomerId after)
            throws SQLException {
        if (Republication.waiting(statements) >= PAGE) {
            return Optional.empty();
        }
        var customers = keys.wrapAgain(statements, after, PAGE);
        var runs = customers.stream().map(customer -> new Run(customer.stream(), 1, 1)).toList();
        Outbox.addRuns(statements, UUID.randomUUID(), runs);
        return Optional.of(customers);
    }
}
