package banking.pipeline;

import static banking.account.AccountType.ACCOUNT;
import static banking.company.CompanyType.COMPANY;
import static banking.customer.CustomerType.CUSTOMER;
import static banking.employee.EmployeeType.EMPLOYEE;
import static banking.task.TaskType.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Contexts;
import banking.account.AccountCommand;
import banking.account.AccountRefusal;
import banking.aggregate.AggregateType;
import banking.company.CompanyCommand;
import banking.customer.CustomerCommand;
import banking.employee.EmployeeCommand;
import banking.events.AccountId;
import banking.events.CommandId;
import banking.events.Currency;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import banking.events.EmailDomain;
import banking.events.EmployeeId;
import banking.events.Event;
import banking.events.Money;
import banking.events.StreamId;
import banking.events.TransferId;
import banking.events.codec.Sha256;
import banking.security.Caller;
import banking.security.Role;
import banking.security.Scope;
import banking.task.TaskCommand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that share a transaction come out as if each had one of its own. */
class AnyBatchTest {

    private static final int ROUNDS = 100;
    private static final int LONGEST_BATCH = 40;
    private static final int IDS = 5;
    private static final CommandMetrics METRICS = new CommandMetrics(new SimpleMeterRegistry());
    private static final Currency EUR = new Currency("EUR");

    private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4711, 20261127})
    void a_command_has_the_outcome_that_it_has_alone(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var together = new JournalInMemory(clock);
            var alone = new JournalInMemory(clock);
            for (int batch = 0; batch < 3; batch++) {
                var commands = commands(random);

                var outcomes = together.commit(commands);
                for (int i = 0; i < commands.size(); i++) {
                    var outcome = alone.commit(List.of(copy(commands.get(i)))).getFirst();
                    assertThat(outcomes.get(i))
                            .as("seed %d, round %d: %s", seed, round, commands.get(i))
                            .isEqualTo(outcome);
                }
                assertThat(together.rows()).isEqualTo(alone.rows());
            }
        }
    }

    private static List<PendingCommand<?, ?, ?>> commands(Random random) {
        var commands = new ArrayList<PendingCommand<?, ?, ?>>();
        var length = 1 + random.nextInt(LONGEST_BATCH);
        for (int i = 0; i < length; i++) {
            commands.add(command(random));
        }
        return commands;
    }

    private static PendingCommand<?, ?, ?> command(Random random) {
        var id = id(random);
        return switch (random.nextInt(9)) {
            case 0, 1, 2, 3 -> pending(ACCOUNT, id, account(random), random);
            case 4 -> pending(CUSTOMER, id, customer(random), random);
            case 5 -> pending(COMPANY, id, company(random), random);
            case 6 -> pending(EMPLOYEE, id, employee(random), random);
            default -> pending(TASK, id, task(random), random);
        };
    }

    private static AccountCommand account(Random random) {
        var amount = new Money(1 + random.nextInt(100), EUR);
        var transfer = new TransferId(new UUID(2, random.nextInt(3)));
        var other = accountId(random);
        return switch (random.nextInt(9)) {
            case 0, 1 -> new AccountCommand.OpenAccount("Alice", EUR, null, amount);
            case 2 -> new AccountCommand.OpenAccount("Alice", EUR, customerId(random), null);
            case 3 -> new AccountCommand.WithdrawMoney(amount, null);
            case 4 -> new AccountCommand.FreezeAccount(null);
            case 5 ->
                    new AccountCommand.RequestTransfer(
                            transfer, accountId(random), other, amount, null);
            case 6 -> new AccountCommand.ReceiveTransfer(transfer, other, amount, null);
            case 7 -> new AccountCommand.RefundTransfer(transfer, AccountRefusal.ACCOUNT_FROZEN);
            default -> new AccountCommand.CompleteTransfer(transfer);
        };
    }

    private static CustomerCommand customer(Random random) {
        return random.nextBoolean()
                ? new CustomerCommand.RegisterCustomer("Ann", email(random))
                : new CustomerCommand.ChangeEmail(email(random));
    }

    /** To leave what nobody has joined fails. */
    private static CompanyCommand company(Random random) {
        var domain = new EmailDomain("bank.example");
        return switch (random.nextInt(3)) {
            case 0 -> new CompanyCommand.RegisterCompany("ACME", domain);
            case 1 -> new CompanyCommand.JoinCompany(customerId(random), domain);
            default -> new CompanyCommand.LeaveCompany(customerId(random), domain);
        };
    }

    private static EmployeeCommand employee(Random random) {
        return new EmployeeCommand.RegisterEmployee("Eve", email(random));
    }

    private static TaskCommand task(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new TaskCommand.CreateTask("Call", null);
            case 1 -> new TaskCommand.CreateTask("Call", customerId(random));
            case 2 -> new TaskCommand.AssignTask(new EmployeeId(uuid(random)));
            default -> new TaskCommand.CompleteTask();
        };
    }

    private static EmailAddress email(Random random) {
        return new EmailAddress("a" + random.nextInt(4) + "@bank.example");
    }

    private static StreamId id(Random random) {
        return new StreamId(uuid(random));
    }

    private static AccountId accountId(Random random) {
        return new AccountId(uuid(random));
    }

    private static CustomerId customerId(Random random) {
        return new CustomerId(uuid(random));
    }

    /** Of any kind, so that an aggregate is also taken for one of another. */
    private static UUID uuid(Random random) {
        return new UUID(1, random.nextInt(IDS));
    }

    private static <S, C, E extends Event> PendingCommand<S, C, E> pending(
            AggregateType<S, C, E> type, StreamId id, C command, Random random) {
        var ofPolicy = new PendingCommand<>(type, id, command, ofPolicy(random), METRICS);
        if (random.nextBoolean() && !(ofPolicy.scope() instanceof Scope.Nothing)) {
            return ofPolicy;
        }
        var repeatable = random.nextInt(3) == 0;
        var context =
                new CommandContext(
                        new CommandId(
                                repeatable
                                        ? new UUID(3, random.nextInt(20))
                                        : new UUID(random.nextLong(), random.nextLong())),
                        repeatable ? Sha256.of("" + random.nextInt(2)) : null,
                        repeatable && random.nextBoolean(),
                        random.nextInt(6) == 0 ? Set.of((long) random.nextInt(4)) : null,
                        "correlation",
                        Contexts.ANYBODY,
                        "",
                        null,
                        null,
                        null);
        return new PendingCommand<>(type, id, command, context, METRICS);
    }

    private static CommandContext ofPolicy(Random random) {
        return new CommandContext(
                new CommandId(new UUID(4, random.nextInt(20))),
                Sha256.NONE,
                random.nextBoolean(),
                null,
                "correlation",
                new Caller("policy:any", Set.of(Role.POLICY), null),
                "",
                null,
                null,
                null);
    }

    private static <S, C, E extends Event> PendingCommand<S, C, E> copy(
            PendingCommand<S, C, E> command) {
        return new PendingCommand<>(
                command.type(), command.streamId(), command.command(), command.context(), METRICS);
    }
}
