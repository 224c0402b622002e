package banking.e2e;

import banking.launcher.ServiceProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything at random, of two command services, and everything killed at random. {@code
 * -Dbank.seed=…} repeats who asked for what, {@code -Dbank.kills=…} makes it as long as one likes.
 */
class RandomDayTest {

    private static final int KILLS = Integer.getInteger("bank.kills", 6);
    private static final int SOME = 60;

    @Test
    void whatever_is_asked_and_whatever_is_killed_the_bank_keeps_its_word(@TempDir Path directory)
            throws Exception {
        try (RunningBank bank = RunningBank.start(directory)) {
            ServiceProcess second = bank.another(bank.command());
            second.awaitReady();
            List<URI> commands = List.of(bank.command().uri(), second.uri());
            BankClient client = new BankClient(commands, bank.query().uri());
            Random random = new Random(bank.seed());
            try (RandomDay day = new RandomDay(client, bank.seed())) {
                for (Runnable kill : kills(bank, second, random)) {
                    day.awaitMore(bank.someMoment(SOME));
                    kill.run();
                }
                day.awaitMore(bank.someMoment(SOME));
                DayInvariants.check(client, day.finish(), bank::messageIds);
            }
        }
    }

    /** Each of the processes once, then any of them, in any order. */
    private static List<Runnable> kills(RunningBank bank, ServiceProcess second, Random random) {
        List<Runnable> each =
                List.of(
                        () -> RunningBank.killAndRestart(bank.command()),
                        () -> RunningBank.killAndRestart(second),
                        () -> RunningBank.killAndRestart(bank.query()),
                        () -> RunningBank.killAndRestart(bank.kafka()),
                        () -> RunningBank.killAndRestart(bank.postgres()),
                        bank::stopAndRestartMail);
        List<Runnable> kills = new ArrayList<>(each);
        while (kills.size() < KILLS) {
            kills.add(each.get(random.nextInt(each.size())));
        }
        Collections.shuffle(kills, random);
        return kills;
    }
}
