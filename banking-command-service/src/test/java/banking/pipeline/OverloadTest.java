package banking.pipeline;

import static banking.Bank.deposit;
import static banking.Bank.open;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@CommandServiceTest
@TestProfile(OverloadTest.OneShortLane.class)
class OverloadTest {

    public static class OneShortLane implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("bank.pipeline.lanes", "1", "bank.pipeline.queue-capacity", "3");
        }
    }

    @Test
    void what_a_full_queue_cannot_take_is_refused_and_not_done() throws SQLException {
        var account = open("0.00");
        List<Response> answers;
        try (var blocker = Bank.database();
                var lock = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            lock.execute("select from stream where stream_id = '" + account + "' for update");
            var all =
                    CompletableFuture.supplyAsync(
                            () -> Concurrently.times(20, () -> deposit(account, "1.00")));
            Awaitility.await()
                    .atMost(Bank.PATIENCE)
                    .until(() -> deposit(account, "1.00").statusCode() == 503);
            blocker.rollback();
            answers = all.join();
        }

        var done = answers.stream().filter(a -> a.statusCode() == 201).count();
        var refused = answers.stream().filter(a -> a.statusCode() == 503).toList();
        assertThat(done + refused.size()).isEqualTo(20);
        assertThat(refused).isNotEmpty();
        assertThat(refused)
                .allSatisfy(
                        answer -> {
                            assertThat(answer.<String>path("code")).isEqualTo("overloaded");
                            assertThat(answer.header("Retry-After")).isEqualTo("1");
                        });
        assertThat(Bank.balance(account)).isEqualTo(done + ".00");
    }
}
