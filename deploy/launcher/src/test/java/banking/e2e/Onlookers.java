package banking.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import banking.events.Topic;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.Utils;

/**
 * Customers who deposit two, look until they see it, and send one to somebody: what they see must
 * be what they were answered, and how long it takes is measured.
 */
final class Onlookers implements AutoCloseable {

    private static final int CUSTOMERS = Topic.PARTITIONS;
    private static final int REST_MILLIS = 50;
    private static final int FINISH_WITHIN_SECONDS = 60;

    /**
     * @param at when it was answered
     * @param answered how long the command took until its answer
     * @param visible how long it took from then until the view had it
     */
    private record Seen(String account, long at, Duration answered, Duration visible) {

        boolean isSince(long start) {
            return at + visible.toNanos() - start >= 0;
        }
    }

    private final BankClient bank;
    private final List<String> accounts = new ArrayList<>();
    private final String somebody;
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final ScheduledExecutorService customers = Executors.newScheduledThreadPool(CUSTOMERS);
    private final List<Future<?>> running = new ArrayList<>();

    Onlookers(BankClient bank) throws IOException {
        this.bank = bank;
        somebody = bank.accepted(Command.open("Somebody")).account();
        accounts.addAll(onePerPartition(bank));
        for (String account : accounts) {
            running.add(
                    customers.scheduleWithFixedDelay(
                            () -> payAndLook(account), 0, REST_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    /** Whatever stands still, somebody is kept waiting by it. */
    private static Collection<String> onePerPartition(BankClient bank) throws IOException {
        Map<Integer, String> accounts = new HashMap<>();
        while (accounts.size() < CUSTOMERS) {
            String account = bank.accepted(Command.open("Onlooker")).account();
            int hash = Utils.murmur2(account.getBytes(StandardCharsets.UTF_8));
            accounts.put(Utils.toPositive(hash) % CUSTOMERS, account);
        }
        return accounts.values();
    }

    private void payAndLook(String account) {
        long begun = System.nanoTime();
        Answer deposited = give(Command.deposit(account, "2.00"));
        long answered = System.nanoTime();
        JsonNode view = look(account, deposited.version());
        long visible = System.nanoTime();
        if (view.get("version").asLong() == deposited.version()) {
            assertThat(view.get("balance")).isEqualTo(deposited.body().get("balance"));
        }
        give(
                Command.post(
                        "/accounts/" + account + "/transfers",
                        """
                        {"to":"%s","amount":"1.00","currency":"EUR"}"""
                                .formatted(somebody)));
        seen.add(
                new Seen(
                        account,
                        answered,
                        Duration.ofNanos(answered - begun),
                        Duration.ofNanos(visible - answered)));
    }

    private Answer give(Command command) {
        Answer answer = Persistence.untilAnswered(bank, command, unanswered);
        assertThat(answer.accepted()).as("%s", answer).isTrue();
        return answer;
    }

    private JsonNode look(String account, long version) {
        return BankClient.eventually()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .until(() -> viewIfThere(account, version), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<JsonNode> viewIfThere(String account, long version) {
        try {
            return bank.viewIfThere(account, version);
        } catch (IOException e) {
            // The service was killed.
            return Optional.empty();
        }
    }

    static long now() {
        return System.nanoTime();
    }

    /** The slowest answer and view of what was answered since then. */
    String slowestSince(long start) {
        List<Seen> since = seen.stream().filter(each -> each.isSince(start)).toList();
        return "slowest answer %d ms, slowest view %d ms of %d"
                .formatted(
                        slowest(since, Comparator.comparing(Seen::answered)).answered.toMillis(),
                        slowest(since, Comparator.comparing(Seen::visible)).visible.toMillis(),
                        since.size());
    }

    Duration slowestViewSince(long start) {
        List<Seen> since = seen.stream().filter(each -> each.isSince(start)).toList();
        return slowest(since, Comparator.comparing(Seen::visible)).visible;
    }

    private static Seen slowest(List<Seen> among, Comparator<Seen> by) {
        return among.stream().max(by).orElse(new Seen("", 0, Duration.ZERO, Duration.ZERO));
    }

    /** Until each of them has seen so much more that was answered since then. */
    void awaitEach(int count, long since) {
        BankClient.eventually()
                .failFast("an onlooker gave up", this::throwWhatMadeSomebodyGiveUp)
                .until(() -> accounts.stream().allMatch(account -> seen(account, since) >= count));
    }

    private long seen(String account, long since) {
        return seen.stream()
                .filter(each -> each.isSince(since) && each.account.equals(account))
                .count();
    }

    void finish() throws Exception {
        customers.shutdown();
        assertThat(customers.awaitTermination(FINISH_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        throwWhatMadeSomebodyGiveUp();
    }

    private void throwWhatMadeSomebodyGiveUp() throws Exception {
        for (Future<?> customer : running) {
            if (customer.state() == Future.State.FAILED) {
                customer.get();
            }
        }
    }

    /** Once all is quiet: every cent is where it was sent, once. */
    void check() {
        BigDecimal kept = BigDecimal.ZERO;
        for (String account : accounts) {
            kept = kept.add(balance(account));
        }
        assertThat(kept).isEqualByComparingTo(BigDecimal.valueOf(seen.size()));
        assertThat(balance(somebody)).isEqualByComparingTo(kept);
    }

    private BigDecimal balance(String account) {
        return new BigDecimal(bank.view(account).get("balance").get("amount").asText());
    }

    @Override
    public void close() {
        customers.shutdownNow();
    }
}
