package banking.outbox;

import banking.database.Transactions;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/**
 * Lets each shard of the outbox have a row now and then that is no event's. It takes the way that
 * events take, to a partition of every topic and through whoever reads them, so that a bank in
 * which nothing happens can be told from one whose way is blocked.
 */
@ApplicationScoped
class Heartbeats {

    private static final Logger LOG = Logger.getLogger(Heartbeats.class);

    /** Two processes whose clocks are a little apart do not both send one. */
    private static final double ALMOST = 0.9;

    private final Transactions transactions;
    private final Outbox outbox;
    private final OutboxConfig config;

    Heartbeats(Transactions transactions, Outbox outbox, OutboxConfig config) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.config = config;
    }

    /** However many processes there are, there is one heartbeat a turn. */
    @Scheduled(
            every = "{bank.outbox.heartbeat-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void beat() {
        var every = DurationConverter.parseDuration(config.heartbeatEvery());
        try {
            beat(every.toMillis() * ALMOST / 1e3);
        } catch (SQLException e) {
            // That none comes is what tells of it.
            LOG.debug("no heartbeat was sent", e);
        }
    }

    /**
     * @param seconds since the one before at the least
     */
    void beat(double seconds) throws SQLException {
        var sql =
                """
                with due as (
                    update outbox_shard set beat_at = now()
                    where shard in (
                        select shard from outbox_shard
                        where beat_at < now() - make_interval(secs => ?)
                        order by shard for update)
                    returning shard)
                insert into outbox (shard, batch, streams, firsts, lasts, events)
                select shard, gen_random_uuid(), '{}', '{}', '{}', 0 from due""";
        if (transactions.single(s -> s.write(sql, seconds).run()) > 0) {
            outbox.wake();
        }
    }
}
