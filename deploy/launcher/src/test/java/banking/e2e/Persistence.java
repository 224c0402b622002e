package banking.e2e;

import static banking.e2e.BankClient.eventually;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * The same for commands that are given together: those that got no answer are given again.
     *
     * @return the answers in the order of the commands
     */
    static List<Answer> untilAllAnswered(
            BankClient bank, List<Command> commands, AtomicInteger unanswered) {
        Map<Command, Answer> answers = new HashMap<>();
        eventually()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(AGAIN_AFTER)
                .until(() -> attempt(bank, commands, answers, unanswered));
        return commands.stream().map(answers::get).toList();
    }

    private static boolean attempt(
            BankClient bank,
            List<Command> commands,
            Map<Command, Answer> answers,
            AtomicInteger unanswered) {
        List<Command> left =
                commands.stream().filter(command -> !answers.containsKey(command)).toList();
        try {
            for (Answer answer : bank.giveAll(left)) {
                if (!answer.unavailable()) {
                    answers.put(answer.command(), answer);
                }
            }
        } catch (IOException e) {
            // The service was killed, or is not there yet.
        }
        if (answers.size() == commands.size()) {
            return true;
        }
        unanswered.incrementAndGet();
        return false;
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
