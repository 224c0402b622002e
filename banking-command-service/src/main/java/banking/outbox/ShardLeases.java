package banking.outbox;

import banking.database.Statements;
import banking.database.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/**
 * The shards that one relay publishes, and nobody else meanwhile. A lease ends by itself: the
 * shards of a relay that is frozen or gone are free a few seconds later. Should that one wake up
 * and go on, it repeats events and overtakes none, since it began each stream where the stream had
 * not been published yet, and it can take out nothing any more.
 */
final class ShardLeases {

    private static final String RENEW =
            """
            update outbox_shard set leased_until = now() + make_interval(secs => ?)
            where owner = ? returning shard""";

    /** How soon it is asked again for shards that somebody else has. */
    private static final Duration ASK_AGAIN = Duration.ofMillis(20);

    private final UUID relay = UUID.randomUUID();
    private final Transactions transactions;
    private final Duration lease;
    private Set<Integer> mine = Set.of();
    private long renewedAt;
    private long askedAt = System.nanoTime() - ASK_AGAIN.toNanos();

    ShardLeases(Transactions transactions, Duration lease) {
        this.transactions = transactions;
        this.lease = lease;
    }

    /**
     * What the relay has at this moment: beside what it had, what is free while something waits.
     * What another transaction locks is not free.
     */
    Set<Integer> hold() throws SQLException {
        var now = System.nanoTime();
        var lasts = now - renewedAt < lease.dividedBy(2).toNanos();
        var asked = now - askedAt < ASK_AGAIN.toNanos();
        if (lasts && !mine.isEmpty() && (asked || mine.size() == Outbox.SHARDS)) {
            return mine;
        }
        askedAt = now;
        var sql =
                """
                update outbox_shard
                set leased_until = now() + make_interval(secs => ?), owner = ?
                where shard in (
                    select shard from outbox_shard
                    where owner = ? or leased_until < now() and (
                        exists (select from outbox)
                        or exists (select from refused_stream where next_try <= now()))
                    order by shard for update skip locked)
                returning shard""";
        return transactions.single(s -> renewed(s.write(sql, seconds(), relay, relay)));
    }

    private double seconds() {
        return lease.toNanos() / 1e9;
    }

    /**
     * Begins a statement that extends what the relay has.
     *
     * @param sql in which {@code {renew}} gives the shards, before all parameters
     */
    void renew(Statements statements, String sql) {
        statements.write(sql.replace("{renew}", RENEW), seconds(), relay);
    }

    /**
     * Runs a statement that extends what the relay has.
     *
     * @return what that is
     */
    Set<Integer> renewed(Statements statements) throws SQLException {
        var begun = System.nanoTime();
        mine = Set.copyOf(statements.query(row -> row.getInt(1)));
        renewedAt = begun;
        return mine;
    }

    /** Lets others have them at once. */
    void release() throws SQLException {
        if (mine.isEmpty()) {
            return;
        }
        mine = Set.of();
        var sql =
                """
                update outbox_shard set owner = null, leased_until = '-infinity'
                where owner = ?""";
        transactions.single(s -> s.write(sql, relay).run());
    }
}
