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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@CommandServiceTest
@TestProfile(OverloadTest.OneShortLane.class)
class OverloadTest {

    public static class OneShortLane implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "bank.pipeline.lanes",
                    "1",
                    "bank.pipeline.queue-capacity",
                    "3",
                    "bank.policy.at-once",
                    "1");
        }
    }

    @Test
    void what_a_full_queue_cannot_take_is_refused_and_not_done() throws SQLException {
        var account = open("0.00");
        var refusals = new AtomicInteger();
        List<Response> answers;
        try (var blocker = Bank.database();
                var lock = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            lock.execute("select from stream where stream_id = '" + account + "' for update");
            var all =
                    CompletableFuture.supplyAsync(
                            () ->
                                    Concurrently.times(
                                            20,
                                            () -> {
                                                var answer = deposit(account, "1.00");
                                                if (answer.statusCode() == 503) {
                                                    refusals.incrementAndGet();
                                                }
                                                return answer;
                                            }));
            Awaitility.await().atMost(Bank.PATIENCE).until(() -> refusals.get() > 0);
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

    @Test
    void where_no_more_transfers_can_be_ended_none_is_begun() throws SQLException {
        var source = open("10.00");
        var target = open("0.00");
        var refused = new AtomicReference<Response>();
        try (var blocker = Bank.database();
                var lock = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            lock.execute("select from stream where stream_id = '" + target + "' for update");
            Awaitility.await()
                    .atMost(Bank.PATIENCE)
                    .until(
                            () -> {
                                refused.set(transfer(source, target));
                                return refused.get().statusCode() == 503;
                            });
            blocker.rollback();
        }

        assertThat(refused.get().<String>path("code")).isEqualTo("overloaded");
        assertThat(refused.get().<String>path("detail")).contains("transfers are under way");
        assertThat(refused.get().header("Retry-After")).isEqualTo("1");
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> transfer(source, target).statusCode() == 202);
    }

    private static Response transfer(String from, String to) {
        return Bank.teller()
                .body("{\"to\":\"" + to + "\",\"amount\":\"0.01\",\"currency\":\"EUR\"}")
                .post("/accounts/{id}/transfers", from);
    }
}
