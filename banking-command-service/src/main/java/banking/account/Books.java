package banking.account;

import static banking.account.AccountType.ACCOUNT;

import banking.account.Account.Closed;
import banking.account.Account.Frozen;
import banking.account.Account.NotOpened;
import banking.account.Account.Open;
import banking.account.Funds.Outgoing;
import banking.aggregate.Claim;
import banking.events.Currency;
import banking.health.Figure;
import banking.health.Invariant;
import banking.pipeline.CurrentStates;
import banking.pipeline.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then whether the books balance: every account's balance is what its turnover says,
 * over all accounts of a currency what was sent was received or is in transit, and no transfer is
 * in transit for long. All accounts are read as they stand at one moment, so nothing that is under
 * way looks like a breach. Every process looks, as it would were it the only one.
 */
@ApplicationScoped
class Books implements Invariant {

    private static final String IMBALANCE = "bank.ledger.imbalance.minor";
    private static final String OVERDUE = "bank.ledger.overdue.transfers";

    private final CurrentStates states;

    /** The transfers that were in transit when it looked last. */
    private volatile Set<Claim> inTransit = Set.of();

    Books(CurrentStates states) {
        this.states = states;
    }

    @Override
    public String name() {
        return "books";
    }

    @Override
    public String every() {
        return "{bank.books.every}";
    }

    @Override
    public Map<String, String> metrics() {
        return Map.of(
                IMBALANCE,
                "By how many minor units the accounts of a currency do not add up",
                OVERDUE,
                "Transfers that were in transit at two looks in a row");
    }

    /** What the accounts of one currency add up to, in minor units. */
    private static final class Sums {

        private long balance;
        private long expected;
        private long sent;
        private long received;
        private long inTransit;

        private boolean balance() {
            return imbalance() == 0;
        }

        private long imbalance() {
            return Math.max(Math.abs(balance - expected), Math.abs(sent - received - inTransit));
        }

        private void add(Turnover turnover) {
            expected += turnover.balance();
            sent += turnover.sent();
            received += turnover.received();
        }

        @Override
        public String toString() {
            return "balances "
                    + balance
                    + ", expected "
                    + expected
                    + "; sent "
                    + sent
                    + ", received "
                    + received
                    + ", in transit "
                    + inTransit;
        }
    }

    /**
     * What was seen at one moment.
     *
     * @param sums by currency
     * @param inTransit by the claim that the transfer's end will make
     * @param unreadable how many accounts are not among it
     */
    private record Seen(
            Map<String, Sums> sums, Map<Claim, Outgoing> inTransit, AtomicLong unreadable) {

        static Seen of(Snapshot snapshot) {
            var seen = new Seen(new TreeMap<>(), new HashMap<>(), new AtomicLong());
            seen.unreadable.set(snapshot.all(ACCOUNT, (_, account) -> seen.add(account)));
            // The target has the money already, and the source will be told.
            var received = snapshot.claimed(seen.inTransit.keySet());
            seen.inTransit.forEach(
                    (end, transfer) -> {
                        if (!received.contains(end)) {
                            seen.sums(transfer.amount().currency()).inTransit +=
                                    transfer.amount().minorUnits();
                        }
                    });
            return seen;
        }

        private Sums sums(Currency currency) {
            return sums.computeIfAbsent(currency.code(), _ -> new Sums());
        }

        private void add(Account account) {
            switch (account) {
                case NotOpened() -> {}
                case Open(_, _, var funds) -> add(funds);
                case Frozen(var open) -> add(open.funds());
                case Closed(_, _, var currency, var turnover) -> sums(currency).add(turnover);
            }
        }

        private void add(Funds funds) {
            var sums = sums(funds.currency());
            sums.add(funds.turnover());
            sums.balance += funds.balance().minorUnits();
            funds.inTransit()
                    .forEach(transfer -> inTransit.put(TransferEnd.of(transfer.id()), transfer));
        }
    }

    @Override
    public Findings check() {
        return judge(states.snapshot(Seen::of));
    }

    private Findings judge(Seen seen) {
        var wrong = new TreeMap<>(seen.sums);
        wrong.values().removeIf(Sums::balance);
        var late = new HashSet<>(seen.inTransit.keySet());
        late.retainAll(inTransit);
        inTransit = seen.inTransit.keySet();
        var figures = new HashMap<Figure, Long>();
        figures.put(Figure.of(OVERDUE), (long) late.size());
        if (seen.unreadable.get() > 0) {
            return new Findings(
                    figures, seen.unreadable + " accounts cannot be read, so nothing adds up.");
        }
        seen.sums.forEach(
                (currency, sums) ->
                        figures.put(Figure.ofCurrency(IMBALANCE, currency), sums.imbalance()));
        return new Findings(figures, breach(wrong, late.size()));
    }

    private static @Nullable String breach(Map<String, Sums> wrong, int late) {
        if (!wrong.isEmpty()) {
            return "The books do not balance: " + wrong;
        }
        return late == 0 ? null : late + " transfers are in transit for long.";
    }
}
