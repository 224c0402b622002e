package banking.e2e;

import static banking.e2e.BankClient.eventually;
import static org.assertj.core.api.Assertions.assertThat;

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

/** People at work who ask the bank for anything there is, at random, several at once. */
final class RandomDay implements AutoCloseable {

    private static final int PEOPLE = 4;
    private static final int REST_MILLIS = 10;
    private static final int FINISH_WITHIN_SECONDS = 180;

    private final BankClient bank;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final ScheduledExecutorService people = Executors.newScheduledThreadPool(PEOPLE);
    private final List<Future<?>> running = new ArrayList<>();

    /**
     * @param seed decides who asks for what; when, nobody does
     */
    RandomDay(BankClient bank, long seed) {
        this.bank = bank;
        Requests requests = new Requests();
        for (int i = 0; i < PEOPLE; i++) {
            Random random = new Random(seed + i);
            running.add(
                    people.scheduleWithFixedDelay(
                            () -> ask(requests, random), 0, REST_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    private void ask(Requests requests, Random random) {
        Answer answer = Persistence.untilAnswered(bank, requests.any(random), unanswered);
        assertThat(answer.accepted() || answer.refused()).as("%s", answer).isTrue();
        requests.learn(answer);
        answers.add(answer);
    }

    /** Waits until so many more commands have been answered. */
    void awaitMore(int count) {
        int target = answers.size() + count;
        eventually()
                .failFast("somebody gave up", this::throwWhatMadeSomebodyGiveUp)
                .until(() -> answers.size() >= target);
    }

    /** Lets everybody get the last answer, and gives all of them. */
    List<Answer> finish() throws Exception {
        people.shutdown();
        assertThat(people.awaitTermination(FINISH_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        throwWhatMadeSomebodyGiveUp();
        return List.copyOf(answers);
    }

    private void throwWhatMadeSomebodyGiveUp() throws Exception {
        for (Future<?> each : running) {
            if (each.state() == Future.State.FAILED) {
                each.get();
            }
        }
    }

    /** What is left to do once a test has failed. */
    @Override
    public void close() {
        people.shutdownNow();
    }
}
