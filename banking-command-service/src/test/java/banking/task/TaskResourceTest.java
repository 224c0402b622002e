package banking.task;

import static banking.Bank.as;
import static banking.Bank.teller;
import static banking.People.assign;
import static banking.People.comment;
import static banking.People.complete;
import static banking.People.customer;
import static banking.People.employee;
import static banking.People.newAddress;
import static banking.People.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import banking.CommandServiceTest;
import banking.Concurrently;
import banking.People;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class TaskResourceTest {

    @Test
    void creating_a_task_answers_with_its_state_its_place_and_its_version() {
        var alice = customer(newAddress());

        teller().body(Map.of("name", "Call back", "customerId", alice))
                .post("/tasks")
                .then()
                .statusCode(201)
                .header(
                        "Location",
                        matchesPattern("(http://[^/]+)?/tasks/[0-9a-f-]{36}\\?min-version=1"))
                .header("ETag", "\"1\"")
                .body("status", equalTo("OPEN"))
                .body("name", equalTo("Call back"))
                .body("customerId", equalTo(alice))
                .body("assigneeId", nullValue())
                .body("commentCount", equalTo(0));
    }

    @Test
    void a_task_lives_from_its_creation_to_its_completion() {
        var task = task("Call back");
        var erin = employee("Erin", "erin@bank.example");

        assign(task, erin).then().statusCode(200).body("assigneeId", equalTo(erin));
        comment(task, "Nobody there.\nI try again.")
                .then()
                .statusCode(201)
                .body("commentCount", equalTo(1));
        complete(task).then().statusCode(200).body("status", equalTo("COMPLETED"));
        comment(task, "Too late").then().statusCode(422).body("code", equalTo("task-completed"));
        assign(task, erin).then().statusCode(422).body("code", equalTo("task-completed"));
        complete(task).then().statusCode(422).body("code", equalTo("task-completed"));
    }

    @Test
    void a_comment_is_its_callers() {
        var task = task("Call back");
        comment(task, "Nobody there.").then().statusCode(201);

        as("auditor")
                .get("/streams/task/{id}/events", task)
                .then()
                .body("events[1].payload.author", equalTo("teller"))
                .body("events[1].payload.text", equalTo("Nobody there."))
                .body("events[1].payload.number", equalTo(1));
    }

    @Test
    void the_same_employee_again_changes_nothing() {
        var task = task("Call back");
        var erin = employee("Erin", newAddress());
        assign(task, erin).then().statusCode(200);
        assign(task, erin).then().statusCode(200);

        assertThat(Collections.frequency(People.history("task", task), "TaskAssigned")).isOne();
    }

    @Test
    void who_or_what_does_not_exist_is_named() {
        var nobody = UUID.randomUUID().toString();
        var erin = employee("Erin", newAddress());
        var task = task("Call back");

        assign(task, nobody).then().statusCode(404).body("code", equalTo("employee-not-found"));
        assign(task, task).then().statusCode(404).body("code", equalTo("employee-not-found"));
        assign(nobody, erin).then().statusCode(404).body("code", equalTo("task-not-found"));
        comment(nobody, "a").then().statusCode(404).body("code", equalTo("task-not-found"));
        complete(nobody).then().statusCode(404).body("code", equalTo("task-not-found"));
        teller().body(Map.of("name", "Call back", "customerId", nobody))
                .post("/tasks")
                .then()
                .statusCode(404)
                .body("code", equalTo("customer-not-found"));
        assertThat(People.history("task", task)).containsExactly("TaskCreated");
    }

    @Test
    void a_name_has_fifty_characters_at_the_most_and_a_comment_a_thousand() {
        teller().body(Map.of("name", "x".repeat(51))).post("/tasks").then().statusCode(422);
        var task = task("x".repeat(50));
        comment(task, "x".repeat(1001)).then().statusCode(422);
        comment(task, "x".repeat(1000)).then().statusCode(201);
        comment(task, " ").then().statusCode(422);
    }

    @Test
    void of_ten_comments_at_once_none_is_lost() {
        var task = task("Call back");
        var next = new AtomicInteger();

        var numbers =
                Concurrently.times(
                        10,
                        () ->
                                comment(task, "comment " + next.incrementAndGet())
                                        .then()
                                        .statusCode(201)
                                        .extract()
                                        .<Integer>path("commentCount"));

        assertThat(numbers).containsExactlyInAnyOrderElementsOf(upTo(10));
        assertThat(texts(task)).doesNotHaveDuplicates().hasSize(10);
    }

    @Test
    void of_twenty_five_comments_at_once_exactly_twenty_are_accepted() {
        var task = task("Call back");

        var answers = Concurrently.times(25, () -> comment(task, "text"));

        var accepted = answers.stream().filter(answer -> answer.statusCode() == 201).toList();
        assertThat(accepted)
                .extracting(answer -> answer.<Integer>path("commentCount"))
                .containsExactlyInAnyOrderElementsOf(upTo(20));
        assertThat(answers.stream().filter(answer -> !accepted.contains(answer)))
                .allSatisfy(
                        answer ->
                                assertThat(answer.<String>path("code"))
                                        .isEqualTo("too-many-comments"));
        assertThat(texts(task)).hasSize(20);
    }

    private static List<String> texts(String task) {
        return as("auditor")
                .get("/streams/task/{id}/events", task)
                .jsonPath()
                .getList("events.payload.text.findAll { it != null }", String.class);
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }
}
