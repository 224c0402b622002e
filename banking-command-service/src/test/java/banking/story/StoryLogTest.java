package banking.story;

import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import banking.Bank;
import banking.CommandServiceTest;
import banking.LogLines;
import banking.People;
import banking.http.PlainText;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class StoryLogTest {

    private static final String ID = "X-Correlation-ID";

    @Test
    void a_transfer_is_followed_in_the_log_from_its_request_to_its_end() {
        var source = Bank.open("10.00");
        var target = Bank.open("0.00");
        var story = UUID.randomUUID().toString();
        try (var log = LogLines.ofStories()) {
            teller().header(ID, story)
                    .body(
                            """
                            {"to":"%s","amount":"4.00","currency":"EUR"}"""
                                    .formatted(target))
                    .post("/accounts/{id}/transfers", source)
                    .then()
                    .statusCode(202)
                    .header(ID, equalTo(story));

            var requested = "TransferRequested " + source + ":3 ";
            var received = "TransferReceived " + target + ":2 ";
            var completed = "TransferCompleted " + source + ":4 ";
            Awaitility.await()
                    .atMost(Bank.PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(told(log, story))
                                            .contains(
                                                    "POST /accounts/{id}/transfers came in, by teller",
                                                    "RequestTransfer was accepted, version 3, by teller",
                                                    requested + "was published, by teller",
                                                    requested
                                                            + "was reacted to by transfers, by teller",
                                                    "ReceiveTransfer was accepted, version 2, by policy:transfers",
                                                    received + "was published, by policy:transfers",
                                                    completed
                                                            + "was published, by policy:transfers")
                                            .anyMatch(has(requested + "was committed, in a batch"))
                                            .anyMatch(
                                                    has(
                                                            "POST /accounts/{id}/transfers was answered 202 after")));
        }
    }

    @Test
    void a_refusal_is_followed_too() {
        var account = Bank.open("1.00");
        var story = UUID.randomUUID().toString();
        try (var log = LogLines.ofStories()) {
            teller().header(ID, story)
                    .body(Bank.movement("2.00"))
                    .post("/accounts/{id}/withdrawals", account)
                    .then()
                    .statusCode(422)
                    .header(ID, equalTo(story));

            assertThat(told(log, story))
                    .contains("WithdrawMoney was refused, insufficient-funds, by teller");
        }
    }

    @Test
    void a_mail_belongs_to_the_story_of_the_assignment() {
        var task = People.task("Call back");
        var employee = People.employee("Erin", People.newAddress());
        try (var log = LogLines.ofStories()) {
            var story = People.assign(task, employee).header(ID);

            Awaitility.await()
                    .atMost(Bank.PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(told(log, story))
                                            .contains(
                                                    "assignment-mail has done what is done outside the bank, by teller",
                                                    "RecordNotification was accepted, version 3, by policy:assignment-mail"));
        }
    }

    @Test
    void every_answer_names_its_story() {
        var opened = teller().body("{\"owner\":\"Alice\",\"currency\":\"EUR\"}").post("/accounts");
        var account = opened.<String>path("accountId");

        assertThat(
                        Bank.as("auditor")
                                .get("/streams/account/{id}/events", account)
                                .<String>path("events[0].correlationId"))
                .isEqualTo(opened.header(ID));
        for (var path : List.of("/streams/account", "/nothing", "/outbox?shard=1")) {
            Bank.as("auditor").get(path).then().header(ID, matchesPattern(PlainText.UUID));
        }
        Bank.as("nobody").get("/outbox").then().header(ID, matchesPattern(PlainText.UUID));
        Bank.as("auditor").header(ID, "mine").get("/outbox").then().header(ID, equalTo("mine"));
        Bank.as("auditor")
                .header(ID, "not visible")
                .get("/outbox")
                .then()
                .header(ID, not(equalTo("not visible")));
    }

    /** So that a retry does not begin another. */
    @Test
    void a_command_that_comes_again_is_of_the_same_story() {
        var account = Bank.open("0.00");
        var key = UUID.randomUUID().toString();

        var stories =
                List.of(1, 2).stream()
                        .map(
                                _ ->
                                        teller().header("Idempotency-Key", key)
                                                .body(Bank.movement("1.00"))
                                                .post("/accounts/{id}/deposits", account)
                                                .header(ID))
                        .distinct()
                        .toList();

        assertThat(stories).hasSize(1);
        assertThat(Bank.count("event where correlation_id = '" + stories.getFirst() + "'"))
                .isEqualTo(1);
    }

    private static Predicate<String> has(String begin) {
        return line -> line.startsWith(begin);
    }

    private static List<String> told(LogLines log, String story) {
        var begin = story + ": ";
        return log.all().stream()
                .filter(line -> line.startsWith(begin))
                .map(line -> line.substring(begin.length()))
                .toList();
    }
}
