package banking.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.LogLines;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@CommandServiceTest
class ExpensiveReadsTest {

    private static final int PATIENCE_SECONDS = 30;
    private static final int MORE_THAN_SESSIONS = 20;

    @Inject ExpensiveReads reads;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/streams/account?limit=1000",
                "/streams/account/{id}/events",
                "/streams/account/{id}/state",
                "/stories/{id}",
                "/stories?actor=teller"
            })
    void what_takes_long_waits_for_its_turn_and_nothing_else_does(String path)
            throws InterruptedException {
        var account = Bank.open("1.00");
        var begun = new CountDownLatch(ExpensiveReads.AT_ONCE);
        var end = new CountDownLatch(1);
        var others = new ArrayList<CompletableFuture<Boolean>>();
        for (int i = 0; i < ExpensiveReads.AT_ONCE; i++) {
            others.add(
                    CompletableFuture.supplyAsync(
                            () -> reads.inTurn(() -> waits(begun, end)),
                            Thread::startVirtualThread));
        }
        try (var log = new LogLines()) {
            begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS);

            Bank.as("auditor")
                    .get(path.replace("{id}", account))
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "1")
                    .body("code", equalTo("overloaded"));
            Bank.deposit(account, "1.00").then().statusCode(201);
            assertThat(log.all()).noneMatch(line -> line.contains("HttpProblem"));
        } finally {
            end.countDown();
        }
        others.forEach(CompletableFuture::join);

        // Nothing goes by the account's id as a story; that is an answer, too.
        var found = path.startsWith("/stories/") ? 404 : 200;
        Bank.as("auditor").get(path.replace("{id}", account)).then().statusCode(found);
    }

    /** More of them than there are sessions: each would wait for what the others keep. */
    @Test
    void whoever_waits_for_a_turn_keeps_no_session() throws InterruptedException {
        var account = Bank.open("1.00");
        var begun = new CountDownLatch(ExpensiveReads.AT_ONCE);
        var end = new CountDownLatch(1);
        for (int i = 0; i < ExpensiveReads.AT_ONCE; i++) {
            Thread.startVirtualThread(() -> reads.inTurn(() -> waits(begun, end)));
        }
        begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        var waiting =
                CompletableFuture.supplyAsync(
                        () ->
                                Concurrently.times(
                                        MORE_THAN_SESSIONS,
                                        () -> Bank.state(account).statusCode()));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                    .until(() -> reads.waiting() == MORE_THAN_SESSIONS);

            Bank.deposit(account, "1.00").then().statusCode(201);
        } finally {
            end.countDown();
        }
        assertThat(waiting.join()).containsOnly(200);
    }

    private static boolean waits(CountDownLatch begun, CountDownLatch end) {
        begun.countDown();
        try {
            return end.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
