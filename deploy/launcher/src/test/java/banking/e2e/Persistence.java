package banking.e2e;

import static banking.e2e.BankClient.eventually;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How a careful customer asks: what gets no answer is given again, under its key, until it does.
 */
final class Persistence {

    private static final Duration AGAIN_AFTER = Duration.ofMillis(200);

    private Persistence() {}

    /**
     * @param unanswered counts how often the command had to be given again
     */
    static Answer untilAnswered(BankClient bank, Command command, AtomicInteger unanswered) {
        return eventually()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(AGAIN_AFTER)
                .until(() -> attempt(bank, command, unanswered), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<Answer> attempt(
            BankClient bank, Command command, AtomicInteger unanswered) {
        try {
            Answer answer = bank.give(command);
            if (!answer.unavailable()) {
                return Optional.of(answer);
            }
        } catch (IOException e) {
            // The service was killed, or is not there yet.
        }
        unanswered.incrementAndGet();
        return Optional.empty();
    }
}
