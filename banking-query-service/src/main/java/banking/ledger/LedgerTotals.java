package banking.ledger;

import banking.account.AccountFollower;
import banking.account.AppliedEvent;
import banking.database.Statements;
import banking.events.Money;
import banking.ledger.TrialBalance.Sums;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps what the bookings add up to, with a few rows per batch, however many bookings it has.
 * Adding up is safe here, because each event is applied once. The rows' shard is the partition that
 * the events came from: whoever adds to it holds the partition's offset already, so no two batches
 * ever wait for each other's totals.
 */
@ApplicationScoped
class LedgerTotals implements AccountFollower {

    private record Key(int shard, String currency, LedgerAccount account) {}

    /** One order for everybody, so that no two batches ever lock these rows crosswise. */
    private static final Comparator<Key> ORDER =
            Comparator.comparingInt(Key::shard)
                    .thenComparing(Key::currency)
                    .thenComparing(Key::account);

    @Override
    public void write(Statements statements, List<AppliedEvent> events) throws SQLException {
        var totals = new TreeMap<Key, Sums>(ORDER);
        for (var event : events) {
            var entry = event.entry();
            if (entry != null) {
                add(totals, event.partition(), Booking.of(entry.kind()), entry.amount());
            }
        }
        if (!totals.isEmpty()) {
            add(statements, List.copyOf(totals.entrySet()));
        }
    }

    private static void add(Map<Key, Sums> totals, int shard, Booking booking, Money money) {
        var currency = money.currency().code();
        var amount = BigDecimal.valueOf(money.minorUnits());
        totals.merge(
                new Key(shard, currency, booking.debit()),
                new Sums(amount, BigDecimal.ZERO),
                Sums::plus);
        totals.merge(
                new Key(shard, currency, booking.credit()),
                new Sums(BigDecimal.ZERO, amount),
                Sums::plus);
    }

    private static void add(Statements statements, List<Map.Entry<Key, Sums>> totals)
            throws SQLException {
        statements.write(
                """
                insert into ledger_total as t (shard, currency, ledger_account, debit_minor,
                    credit_minor)
                select * from unnest(?, ?, ?, ?, ?)
                on conflict (shard, currency, ledger_account)
                do update set debit_minor = t.debit_minor + excluded.debit_minor,
                    credit_minor = t.credit_minor + excluded.credit_minor""");
        statements.add("int4", totals, total -> total.getKey().shard());
        statements.add("text", totals, total -> total.getKey().currency());
        statements.add("text", totals, total -> total.getKey().account().name());
        statements.add("numeric", totals, total -> total.getValue().debit());
        statements.add("numeric", totals, total -> total.getValue().credit());
    }
}
