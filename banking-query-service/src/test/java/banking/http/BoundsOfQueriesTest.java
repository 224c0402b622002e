package banking.http;

import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.embedded.BankTestResource;
import banking.rules.BoundsTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class BoundsOfQueriesTest extends BoundsTest {

    private static final int MOST = 50;
    private static final int AT_ONCE = 70;

    @Test
    void one_caller_cannot_take_all_the_places_of_those_who_wait()
            throws ExecutionException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Response> wait = () -> Bank.as("supervisor").get(waiting());
            var answers = IntStream.range(0, AT_ONCE).mapToObj(_ -> threads.submit(wait)).toList();
            int refused = 0;
            for (var answer : answers) {
                refused += isRefused(answer) ? 1 : 0;
            }
            assertThat(refused).isEqualTo(AT_ONCE - MOST);
        }
        Bank.as("supervisor").get(waiting()).then().statusCode(412);
    }

    private static String waiting() {
        return "/accounts/" + UUID.randomUUID() + "?min-version=9";
    }

    private static boolean isRefused(Future<Response> answer)
            throws ExecutionException, InterruptedException {
        if (answer.get().statusCode() == 412) {
            return false;
        }
        answer.get().then().statusCode(429).header("Retry-After", "1");
        assertThat(answer.get().<String>path("code")).isEqualTo("too-many-waits");
        return true;
    }
}
