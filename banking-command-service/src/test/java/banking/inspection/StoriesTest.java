package banking.inspection;

import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import banking.Bank;
import banking.CommandServiceTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class StoriesTest {

    @Test
    void a_transfer_is_told_from_its_request_to_its_end_with_what_led_to_what() {
        var source = Bank.open("10.00");
        var target = Bank.open("0.00");
        var story = UUID.randomUUID().toString();

        teller().header("X-Correlation-ID", story)
                .body(
                        """
                        {"to":"%s","amount":"4.00","currency":"EUR"}"""
                                .formatted(target))
                .post("/accounts/{id}/transfers", source)
                .then()
                .statusCode(202);

        var told = await(story, 3);
        assertThat(told.getList("events.type"))
                .containsExactly("TransferRequested", "TransferReceived", "TransferCompleted");
        assertThat(told.getList("events.id"))
                .containsExactly(source + ":3", target + ":2", source + ":4");
        assertThat(told.getList("events.causedBy"))
                .containsExactly(null, source + ":3", source + ":3");
        assertThat(told.getList("events.actor"))
                .containsExactly("teller", "policy:transfers", "policy:transfers");
        assertThat(told.<String>get("next")).isNull();
    }

    @Test
    void what_a_timer_does_belongs_to_the_story_of_the_request_that_set_it() {
        var account = Bank.open("10.00");
        var story = UUID.randomUUID().toString();

        teller().header("X-Correlation-ID", story)
                .body(
                        """
                        {"amount":"4.00","currency":"EUR","expires":"%s"}"""
                                .formatted(Instant.now().plusSeconds(1)))
                .post("/accounts/{id}/holds", account)
                .then()
                .statusCode(201);

        var told = await(story, 2);
        assertThat(told.getList("events.type")).containsExactly("HoldPlaced", "HoldExpired");
        assertThat(told.getList("events.actor")).containsExactly("teller", "timer");
        assertThat(told.getList("events.causedBy")).containsExactly(null, account + ":3");
    }

    @Test
    void a_story_comes_in_pages() {
        var story = "import/" + UUID.randomUUID();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.add(openWithin(story) + ":1");
        }

        var told = new ArrayList<String>();
        String after = null;
        do {
            var page = page(story, after);
            told.addAll(page.getList("events.id"));
            after = page.get("next");
        } while (after != null);

        assertThat(told).isEqualTo(ids);
    }

    @Test
    void nothing_is_told_of_a_request_that_led_to_nothing() {
        Bank.as("auditor")
                .get("/stories/{story}", UUID.randomUUID().toString())
                .then()
                .statusCode(404)
                .body("code", equalTo("story-not-found"));
    }

    @Test
    void what_an_actor_did_is_found_by_the_time() {
        var first = openWithin("first");
        var from = occurredAt(first);
        var second = openWithin("second");
        var to = occurredAt(second);

        assertThat(byTeller(from, to)).contains(first + ":1").doesNotContain(second + ":1");
        assertThat(byTeller(to, "9999-12-31T00:00:00Z")).doesNotContain(first + ":1");
        Bank.as("auditor")
                .queryParam("actor", "nobody")
                .get("/stories")
                .then()
                .statusCode(200)
                .body("events", hasSize(0));
    }

    @Test
    void a_time_that_only_java_knows_is_answered_too() {
        assertThat(byTeller("-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z"))
                .isNotNull();
    }

    private static List<String> byTeller(String from, String to) {
        return Bank.as("auditor")
                .queryParam("actor", "teller")
                .queryParam("from", from)
                .queryParam("to", to)
                .queryParam("limit", 1000)
                .get("/stories")
                .then()
                .statusCode(200)
                .extract()
                .path("events.id");
    }

    private static String openWithin(String story) {
        return teller().header("X-Correlation-ID", story)
                .body(
                        """
                        {"owner":"Alice","currency":"EUR"}""")
                .post("/accounts")
                .then()
                .statusCode(201)
                .extract()
                .path("accountId");
    }

    private static String occurredAt(String account) {
        return Bank.as("auditor")
                .get("/streams/account/{id}/events", account)
                .path("events[0].occurredAt");
    }

    private static JsonPath await(String story, int events) {
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> page(story, null, 100).getList("events").size() == events);
        return page(story, null, 100);
    }

    private static JsonPath page(String story, @Nullable String after) {
        return page(story, after, 2);
    }

    private static JsonPath page(String story, @Nullable String after, int limit) {
        var request = Bank.as("auditor").queryParam("limit", limit);
        if (after != null) {
            request.queryParam("after", after);
        }
        return request.get("/stories/{story}", story).then().statusCode(200).extract().jsonPath();
    }
}
