package banking.e2e;

import banking.launcher.ServiceProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One bank with several processes of each service, which come and go while money moves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralOfEachTest {

    private static final int SOME = 100;

    @SuppressWarnings("NullAway.Init") // JUnit starts it.
    private RunningBank bank;

    @BeforeAll
    void start(@TempDir Path directory) {
        bank = RunningBank.start(directory);
    }

    @AfterAll
    void stop() {
        bank.close();
    }

    @Test
    void either_of_two_instances_of_both_services_can_be_killed() throws Exception {
        ServiceProcess command = bank.another(bank.command());
        ServiceProcess query = bank.another(bank.query());
        command.awaitReady();
        query.awaitReady();
        BankClient both =
                new BankClient(List.of(bank.command().uri(), command.uri()), bank.query().uri());
        try (Load load = bank.load(both)) {
            load.awaitMore(bank.someMoment(SOME));
            bank.command().kill();
            bank.query().kill();
            load.awaitMore(SOME);
            bank.command().start();
            bank.query().start();
            bank.command().awaitReady();
            bank.query().awaitReady();
            load.awaitMore(bank.someMoment(SOME));
            command.kill();
            query.kill();
            load.awaitMore(SOME);
            bank.check(load.finish());
        }
    }

    @Test
    void both_sides_become_four_and_one_again_replaced_and_killed_while_all_is_answered_right()
            throws Exception {
        try (Rollout rollout = new Rollout(bank)) {
            rollout.run();
        }
    }
}
