package banking.e2e;

import static banking.e2e.BankClient.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Customers who deposit and withdraw until they are told to finish, one of them in bulk. Each is
 * careful: a command that gets no answer is given again, under its key, until it gets one.
 */
final class Load implements AutoCloseable {

    private static final int CUSTOMERS = 4;
    private static final int IN_BULK = 10;
    private static final int MAX_CENTS = 10_000;
    private static final int REST_MILLIS = 15;
    private static final int FINISH_WITHIN_SECONDS = 120;

    private final BankClient bank;
    private final List<Answer> opened;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final ScheduledExecutorService customers = Executors.newScheduledThreadPool(CUSTOMERS);
    private final List<Future<?>> running = new ArrayList<>();

    /**
     * @param opened the openings of the accounts whose money moves
     * @param seed decides who moves what; when, nobody does
     */
    Load(BankClient bank, List<Answer> opened, long seed) {
        this.bank = bank;
        this.opened = opened;
        for (int i = 0; i < CUSTOMERS; i++) {
            Random random = new Random(seed + i);
            int commands = i == 0 ? IN_BULK : 1;
            running.add(
                    customers.scheduleWithFixedDelay(
                            () -> answers.addAll(untilAnswered(any(random, commands))),
                            0,
                            REST_MILLIS,
                            TimeUnit.MILLISECONDS));
        }
    }

    /** Waits until so many more commands have been answered. */
    void awaitMore(int count) {
        int target = answers.size() + count;
        eventually()
                .failFast("a customer gave up", () -> running.stream().anyMatch(Future::isDone))
                .until(() -> answers.size() >= target);
    }

    /** How many times a command had to be given again. */
    int unanswered() {
        return unanswered.get();
    }

    /** Lets every customer get the last answer, and gives all of them, the openings first. */
    List<Answer> finish() throws Exception {
        customers.shutdown();
        assertThat(customers.awaitTermination(FINISH_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        for (Future<?> customer : running) {
            if (customer.state() == Future.State.FAILED) {
                customer.get();
            }
        }
        List<Answer> all = new ArrayList<>(opened);
        all.addAll(answers);
        return all;
    }

    /** What is left to do once a test has failed. */
    @Override
    public void close() {
        customers.shutdownNow();
    }

    private List<Command> any(Random random, int commands) {
        return Stream.generate(() -> any(random)).limit(commands).toList();
    }

    private Command any(Random random) {
        String account = opened.get(random.nextInt(opened.size())).account();
        String amount = BigDecimal.valueOf(1 + random.nextInt(MAX_CENTS), 2).toPlainString();
        // More comes in than goes out, and still some withdrawals find too little.
        return random.nextInt(5) < 3
                ? Command.deposit(account, amount)
                : Command.withdraw(account, amount);
    }

    private List<Answer> untilAnswered(List<Command> commands) {
        List<Answer> all =
                commands.size() == 1
                        ? List.of(Persistence.untilAnswered(bank, commands.getFirst(), unanswered))
                        : Persistence.untilAllAnswered(bank, commands, unanswered);
        assertThat(all)
                .allMatch(answer -> answer.accepted() || answer.refusedFor("insufficient-funds"));
        return all;
    }
}
