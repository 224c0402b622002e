package banking.projection;

import static banking.Feed.written;

import banking.Feed;
import banking.events.AccountEvent;
import banking.events.AccountEvent.AccountClosed;
import banking.events.AccountEvent.AccountFrozen;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.AccountUnfrozen;
import banking.events.AccountEvent.HoldCaptured;
import banking.events.AccountEvent.HoldExpired;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.HoldReleased;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.MoneyWithdrawn;
import banking.events.AccountEvent.OverdraftLimitChanged;
import banking.events.AccountEvent.TransferCompleted;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRefunded;
import banking.events.AccountEvent.TransferRequested;
import banking.events.AccountId;
import banking.events.ApprovalEvent;
import banking.events.ApprovalEvent.ApprovalCarriedOut;
import banking.events.ApprovalEvent.ApprovalExpired;
import banking.events.ApprovalEvent.ApprovalFailed;
import banking.events.ApprovalEvent.ApprovalGranted;
import banking.events.ApprovalEvent.ApprovalRefused;
import banking.events.ApprovalEvent.ApprovalRequested;
import banking.events.ApprovalId;
import banking.events.CompanyEvent;
import banking.events.CompanyEvent.CompanyRegistered;
import banking.events.CompanyEvent.CustomerJoinedCompany;
import banking.events.CompanyEvent.CustomerLeftCompany;
import banking.events.CustomerEvent;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import banking.events.EmailDomain;
import banking.events.EmployeeEvent;
import banking.events.EmployeeEvent.EmployeeRegistered;
import banking.events.EmployeeId;
import banking.events.Event;
import banking.events.HoldId;
import banking.events.Money;
import banking.events.TaskEvent;
import banking.events.TaskEvent.AssigneeNotified;
import banking.events.TaskEvent.CommentAdded;
import banking.events.TaskEvent.TaskAssigned;
import banking.events.TaskEvent.TaskCompleted;
import banking.events.TaskEvent.TaskCreated;
import banking.events.TransferId;
import banking.events.WrittenCommand;
import banking.events.codec.WrittenEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A random sequence of every type of event, but for ids the same for the same seed: what can
 * happen, some of it twice, too early, or preceded by something that nobody can read.
 */
final class AnyEvents {

    private static final int STREAMS = 4;
    private static final EmailDomain DOMAIN = new EmailDomain("any.example");

    private record Transfer(TransferId id, UUID from, UUID to, Money amount) {}

    private record Hold(HoldId id, UUID account, Money amount) {}

    private final Random random;
    private final Map<UUID, Integer> versions = new HashMap<>();
    private final Map<UUID, Integer> comments = new HashMap<>();
    private final List<WrittenEvent> sent = new ArrayList<>();
    private final Deque<Transfer> requested = new ArrayDeque<>();
    private final Deque<Transfer> received = new ArrayDeque<>();
    private final Deque<Hold> holds = new ArrayDeque<>();
    private final List<UUID> accounts = ids();
    private final List<UUID> customers = ids();
    private final List<UUID> companies = ids();
    private final List<UUID> tasks = ids();
    private final List<UUID> employees = ids();
    private final List<UUID> approvals = ids();

    AnyEvents(long seed) {
        random = new Random(seed);
    }

    private static List<UUID> ids() {
        return Stream.generate(UUID::randomUUID).limit(STREAMS).toList();
    }

    /** The events in the order in which they come. */
    List<WrittenEvent> list(int steps) {
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(9)) {
                case 0 -> add(any(customers), this::customer);
                case 1 -> add(any(companies), this::company);
                case 2 -> add(any(tasks), this::task);
                case 3 -> add(any(employees), this::employee);
                case 4 -> add(any(approvals), this::approval);
                default -> add(any(accounts), this::account);
            }
        }
        return sent;
    }

    private interface Next {
        Event event(UUID id, boolean first);
    }

    private void add(UUID id, Next next) {
        int version = versions.merge(id, 1, Integer::sum);
        var event = Feed.event(id, version, next.event(id, version == 1));
        if (random.nextInt(10) == 0) {
            sent.add(spoilt(event));
        }
        sent.add(event);
        int last = sent.size() - 1;
        if (random.nextInt(10) == 0) {
            // Too early: what is behind it in its stream comes after it.
            sent.add(Math.max(0, last - random.nextInt(5)), sent.remove(last));
        }
        if (random.nextInt(10) == 0) {
            sent.add(sent.get(random.nextInt(sent.size())));
        }
    }

    private WrittenEvent spoilt(WrittenEvent event) {
        return switch (random.nextInt(3)) {
            case 0 -> written(event, "NobodyKnows", 1, "{}");
            case 1 -> written(event, event.type(), 99, event.payload());
            // Nothing is expected of an aggregate of another kind.
            default -> written(event, "TaskCompleted", 1, "{\"unexpected\":\u0000");
        };
    }

    private AccountEvent account(UUID id, boolean first) {
        var money = money();
        if (first) {
            return new AccountOpened(
                    "Any", Feed.EUR, random.nextBoolean() ? new CustomerId(id) : null);
        }
        return switch (random.nextInt(13)) {
            case 0 -> new MoneyWithdrawn(money, money(), null);
            case 1 -> new AccountFrozen("so");
            case 2 -> new AccountUnfrozen();
            case 3 -> new OverdraftLimitChanged(money);
            case 4 -> random.nextInt(3) == 0 ? new AccountClosed() : deposit(money);
            case 5, 6 -> request(id, money);
            case 7 -> receive(id, money);
            case 8, 9 -> end(id, money);
            case 10 -> hold(id, money);
            case 11 -> endHold(id, money);
            default -> deposit(money);
        };
    }

    private MoneyDeposited deposit(Money money) {
        return new MoneyDeposited(money, money(), "any");
    }

    private TransferRequested request(UUID id, Money money) {
        var transfer = new Transfer(new TransferId(UUID.randomUUID()), id, any(accounts), money);
        requested.add(transfer);
        return new TransferRequested(
                transfer.id, new AccountId(transfer.to), money, money(), "any");
    }

    private AccountEvent receive(UUID id, Money money) {
        for (var transfer : requested) {
            if (transfer.to.equals(id)) {
                requested.remove(transfer);
                received.add(transfer);
                return new TransferReceived(
                        transfer.id, new AccountId(transfer.from), transfer.amount, money(), "any");
            }
        }
        return deposit(money);
    }

    private AccountEvent end(UUID id, Money money) {
        for (var transfer : received) {
            if (transfer.from.equals(id)) {
                received.remove(transfer);
                return new TransferCompleted(transfer.id);
            }
        }
        for (var transfer : requested) {
            if (transfer.from.equals(id)) {
                requested.remove(transfer);
                return new TransferRefunded(
                        transfer.id,
                        new AccountId(transfer.to),
                        "no",
                        transfer.amount,
                        money(),
                        "any");
            }
        }
        return deposit(money);
    }

    private HoldPlaced hold(UUID id, Money money) {
        var hold = new Hold(new HoldId(UUID.randomUUID()), id, money);
        holds.add(hold);
        return new HoldPlaced(hold.id, money, Feed.START, null);
    }

    private AccountEvent endHold(UUID id, Money money) {
        for (var hold : holds) {
            if (hold.account.equals(id)) {
                holds.remove(hold);
                return switch (random.nextInt(3)) {
                    case 0 -> new HoldCaptured(hold.id, money, hold.amount, money(), "any");
                    case 1 -> new HoldReleased(hold.id, hold.amount, "any");
                    default -> new HoldExpired(hold.id, hold.amount, null);
                };
            }
        }
        return deposit(money);
    }

    private CustomerEvent customer(UUID id, boolean first) {
        if (first) {
            return new CustomerRegistered("Any", email());
        }
        return random.nextInt(4) == 0
                ? new CustomerErased(DOMAIN)
                : new CustomerEmailChanged(email(), email());
    }

    private CompanyEvent company(UUID id, boolean first) {
        int count = random.nextInt(100);
        if (first && random.nextBoolean()) {
            return new CustomerJoinedCompany(new CustomerId(any(customers)), DOMAIN, count);
        }
        return switch (random.nextInt(first ? 1 : 3)) {
            case 0 -> new CompanyRegistered("Any", DOMAIN);
            case 1 -> new CustomerJoinedCompany(new CustomerId(any(customers)), DOMAIN, count);
            default -> new CustomerLeftCompany(new CustomerId(any(customers)), DOMAIN, count);
        };
    }

    private TaskEvent task(UUID id, boolean first) {
        if (first) {
            return new TaskCreated("any", random.nextBoolean() ? new CustomerId(id) : null);
        }
        var employee = new EmployeeId(any(employees));
        return switch (random.nextInt(4)) {
            case 0 -> new TaskAssigned(employee, "any");
            case 1 -> new AssigneeNotified(employee, "any");
            case 2 -> new CommentAdded(comments.merge(id, 1, Integer::sum), "any", "teller");
            default -> new TaskCompleted();
        };
    }

    /** The one event that employees have; a second one is nothing that can be. */
    private EmployeeEvent employee(UUID id, boolean first) {
        return new EmployeeRegistered("Any", email());
    }

    private ApprovalEvent approval(UUID id, boolean first) {
        var command = new WrittenCommand("FreezeAccount", "account", any(accounts), "{}");
        if (first) {
            var customer = random.nextBoolean() ? new CustomerId(any(customers)) : null;
            return new ApprovalRequested(
                    new ApprovalId(id), command, "four-eyes", "teller", customer, Feed.START);
        }
        return switch (random.nextInt(5)) {
            case 0 -> new ApprovalGranted(command, "supervisor");
            case 1 -> new ApprovalRefused("supervisor", "any");
            case 2 -> new ApprovalExpired();
            case 3 -> new ApprovalCarriedOut();
            default -> new ApprovalFailed("account-frozen", "any");
        };
    }

    private EmailAddress email() {
        return new EmailAddress("any" + random.nextInt(100) + "@any.example");
    }

    private Money money() {
        return new Money(1 + random.nextInt(10_000), Feed.EUR);
    }

    private UUID any(List<UUID> ids) {
        return ids.get(random.nextInt(ids.size()));
    }
}
