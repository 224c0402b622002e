package banking.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.LogLines;
import banking.embedded.BankTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class ExpensiveReadsTest {

    private static final int PATIENCE_SECONDS = 30;

    @Inject ExpensiveReads reads;

    @ParameterizedTest
    @ValueSource(strings = {"/accounts?owner=Alice", "/ledger/trial-balance", "/ledger/entries"})
    void what_takes_long_waits_for_its_turn_and_nothing_else_does(String path)
            throws InterruptedException {
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
                    .get(path)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "1")
                    .body("code", equalTo("overloaded"));
            Bank.as("auditor").get("/accounts/{id}", UUID.randomUUID()).then().statusCode(404);
            assertThat(log.all()).noneMatch(line -> line.contains("HttpProblem"));
        } finally {
            end.countDown();
        }
        others.forEach(CompletableFuture::join);

        Bank.as("auditor").get(path).then().statusCode(200);
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
