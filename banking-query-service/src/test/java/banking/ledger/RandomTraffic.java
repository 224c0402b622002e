package banking.ledger;

import banking.Feed;
import banking.events.AccountEvent;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.HoldCaptured;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.HoldReleased;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.MoneyWithdrawn;
import banking.events.AccountEvent.TransferCompleted;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRefunded;
import banking.events.AccountEvent.TransferRequested;
import banking.events.AccountId;
import banking.events.Currency;
import banking.events.HoldId;
import banking.events.Money;
import banking.events.TransferId;
import banking.events.codec.WrittenEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Events as a busy bank makes them, with what they have to come to; but for ids the same for the
 * same seed.
 */
final class RandomTraffic {

    private static final int ACCOUNTS = 20;
    private static final int MAX_MINOR_UNITS = 10_000;

    private record Transfer(TransferId id, UUID from, UUID to, Money amount) {}

    private record Hold(HoldId id, UUID account, Money amount) {}

    private final Random random;
    private final Currency currency;
    private final List<UUID> accounts;
    private final Map<UUID, Integer> versions = new HashMap<>();
    private final Map<UUID, Long> balances = new HashMap<>();
    private final List<Transfer> inTransit = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();
    private final List<WrittenEvent> events = new ArrayList<>();
    private long cash;

    RandomTraffic(long seed, Currency currency) {
        this.random = new Random(seed);
        this.currency = currency;
        this.accounts = Stream.generate(UUID::randomUUID).limit(ACCOUNTS).toList();
    }

    /** Some steps' events, in the order in which they happen. */
    List<WrittenEvent> events(int steps) {
        for (var account : accounts) {
            add(account, new AccountOpened("Random", currency, null));
        }
        for (int step = 0; step < steps; step++) {
            step();
        }
        return events;
    }

    /** Sends some steps' events, a part of them twice: at once, or much later. */
    void send(int steps) {
        var sent = new ArrayList<WrittenEvent>();
        for (var event : events(steps)) {
            sent.add(event);
            if (random.nextInt(4) == 0) {
                sent.add(event);
            }
            if (random.nextInt(4) == 0) {
                sent.add(sent.get(random.nextInt(sent.size())));
            }
        }
        Feed.send(sent.toArray(WrittenEvent[]::new));
    }

    private void step() {
        var account = accounts.get(random.nextInt(ACCOUNTS));
        var amount = new Money(1 + random.nextInt(MAX_MINOR_UNITS), currency);
        switch (random.nextInt(7)) {
            case 0 -> {
                cash += amount.minorUnits();
                add(account, new MoneyDeposited(amount, moved(account, amount), null));
            }
            case 1 -> {
                cash -= amount.minorUnits();
                add(account, new MoneyWithdrawn(amount, moved(account, amount.negated()), null));
            }
            case 2 -> request(account, amount);
            case 3, 4 -> settle();
            case 5 -> {
                var hold = new Hold(new HoldId(UUID.randomUUID()), account, amount);
                holds.add(hold);
                add(account, new HoldPlaced(hold.id, amount, Feed.START, "held"));
            }
            default -> endHold();
        }
    }

    private void request(UUID account, Money amount) {
        var target = accounts.get(random.nextInt(ACCOUNTS));
        var transfer = new Transfer(new TransferId(UUID.randomUUID()), account, target, amount);
        inTransit.add(transfer);
        add(
                account,
                new TransferRequested(
                        transfer.id,
                        new AccountId(target),
                        amount,
                        moved(account, amount.negated()),
                        "random"));
    }

    private void settle() {
        if (inTransit.isEmpty()) {
            return;
        }
        var transfer = inTransit.remove(random.nextInt(inTransit.size()));
        var amount = transfer.amount;
        if (random.nextBoolean()) {
            var balance = moved(transfer.to, amount);
            var from = new AccountId(transfer.from);
            add(transfer.to, new TransferReceived(transfer.id, from, amount, balance, "random"));
            add(transfer.from, new TransferCompleted(transfer.id));
        } else {
            var balance = moved(transfer.from, amount);
            add(
                    transfer.from,
                    new TransferRefunded(
                            transfer.id,
                            new AccountId(transfer.to),
                            "account-closed",
                            amount,
                            balance,
                            "random"));
        }
    }

    private void endHold() {
        if (holds.isEmpty()) {
            return;
        }
        var hold = holds.remove(random.nextInt(holds.size()));
        if (random.nextBoolean()) {
            var taken = new Money(1 + random.nextLong(hold.amount.minorUnits()), currency);
            cash -= taken.minorUnits();
            var balance = moved(hold.account, taken.negated());
            add(hold.account, new HoldCaptured(hold.id, taken, hold.amount, balance, null));
        } else {
            add(hold.account, new HoldReleased(hold.id, hold.amount, null));
        }
    }

    private Money moved(UUID account, Money amount) {
        return new Money(balances.merge(account, amount.minorUnits(), Long::sum), currency);
    }

    private void add(UUID account, AccountEvent event) {
        events.add(Feed.event(account, versions.merge(account, 1, Integer::sum), event));
    }

    /** What version each account has come to. */
    Map<UUID, Integer> versions() {
        return versions;
    }

    Map<UUID, String> balances() {
        var texts = new HashMap<UUID, String>();
        accounts.forEach(id -> texts.put(id, text(balances.getOrDefault(id, 0L))));
        return texts;
    }

    String sumOfBalances() {
        return text(balances.values().stream().mapToLong(Long::longValue).sum());
    }

    /** What was paid in and not paid out. */
    String cash() {
        return text(cash);
    }

    /** What has left accounts without arriving: a credit, so negative as a balance of debits. */
    String inTransit() {
        return text(-inTransit.stream().mapToLong(t -> t.amount().minorUnits()).sum());
    }

    private String text(long minorUnits) {
        return new Money(minorUnits, currency).amount().toPlainString();
    }
}
