package banking.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import banking.Bank;
import banking.Feed;
import banking.LogLines;
import banking.embedded.BankTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class StoryLogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ID = "X-Correlation-ID";

    @Test
    void an_event_is_followed_in_the_log_into_the_views() {
        var id = UUID.randomUUID();
        try (var log = LogLines.ofStories()) {
            var events = Feed.account(id, "Alice", 2);
            Feed.send(events);
            Bank.account(id, 2);

            await(
                    () ->
                            assertThat(log.all())
                                    .contains(
                                            "%s: AccountOpened %s:1 was projected by accounts, by teller"
                                                    .formatted(events[0].correlationId(), id),
                                            "%s: MoneyDeposited %s:2 was projected by accounts, by teller"
                                                    .formatted(events[1].correlationId(), id)));
        }
    }

    @Test
    void a_question_is_told_with_who_asked_and_how_it_was_answered() {
        var story = UUID.randomUUID().toString();
        try (var log = LogLines.ofStories()) {
            Bank.as("teller")
                    .header(ID, story)
                    .get("/accounts/{id}", UUID.randomUUID().toString())
                    .then()
                    .statusCode(404)
                    .header(ID, equalTo(story));

            await(
                    () ->
                            assertThat(log.all())
                                    .contains(story + ": GET /accounts/{id} came in, by teller")
                                    .anyMatch(
                                            line ->
                                                    line.startsWith(
                                                            story
                                                                    + ": GET /accounts/{id} was answered 404")));
        }
    }

    private static void await(ThrowingRunnable told) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(told);
    }

    @Test
    void every_answer_names_its_story() {
        for (var path : List.of("/accounts", "/nothing", "/accounts/x", "/accounts?limit=0")) {
            Bank.as("teller").get(path).then().header(ID, matchesPattern("[0-9a-f-]{36}"));
        }
        Bank.as("nobody").get("/accounts").then().header(ID, matchesPattern("[0-9a-f-]{36}"));
    }
}
