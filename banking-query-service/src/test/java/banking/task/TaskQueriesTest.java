package banking.task;

import static banking.Feed.START;
import static banking.Feed.event;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.CustomerId;
import banking.events.EmployeeId;
import banking.events.TaskEvent.AssigneeNotified;
import banking.events.TaskEvent.CommentAdded;
import banking.events.TaskEvent.TaskAssigned;
import banking.events.TaskEvent.TaskCompleted;
import banking.events.TaskEvent.TaskCreated;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class TaskQueriesTest {

    private final UUID id = UUID.randomUUID();
    private final CustomerId customer = new CustomerId(UUID.randomUUID());
    private final EmployeeId first = new EmployeeId(UUID.randomUUID());
    private final EmployeeId second = new EmployeeId(UUID.randomUUID());

    @Test
    void a_task_shows_whose_it_is_and_whether_they_know() {
        Feed.send(event(id, 1, new TaskCreated("check passport", customer)));
        Bank.view("/tasks/", id, 1)
                .statusCode(200)
                .body("taskId", equalTo(id.toString()))
                .body("name", equalTo("check passport"))
                .body("status", equalTo("OPEN"))
                .body("customerId", equalTo(customer.toString()))
                .body("assigneeId", nullValue())
                .body("notified", equalTo(false))
                .body("comments", empty())
                .body("createdAt", equalTo(START.toString()))
                .body("behind", equalTo(false));

        Feed.send(
                event(id, 2, new TaskAssigned(first, "check passport")),
                event(id, 3, new AssigneeNotified(first, "<1@bank>")));
        Bank.view("/tasks/", id, 3)
                .body("assigneeId", equalTo(first.toString()))
                .body("notified", equalTo(true));

        Feed.send(
                event(id, 4, new TaskAssigned(second, "check passport")),
                event(id, 5, new AssigneeNotified(first, "<2@bank>")));
        Bank.view("/tasks/", id, 5)
                .body("assigneeId", equalTo(second.toString()))
                .body("notified", equalTo(false));

        Feed.send(
                event(id, 6, new TaskCompleted()),
                event(id, 7, new AssigneeNotified(second, "<3@bank>")));
        Bank.view("/tasks/", id, 7)
                .body("status", equalTo("COMPLETED"))
                .body("notified", equalTo(true));
    }

    @Test
    void a_task_shows_every_comment_once() {
        var created = event(id, 1, new TaskCreated("call", null));
        var comment = event(id, 2, new CommentAdded(1, "called", "teller"));
        Feed.send(created, comment, comment);
        Feed.send(comment, event(id, 3, new CommentAdded(2, "no answer", "auditor")));

        Bank.view("/tasks/", id, 3)
                .body("customerId", nullValue())
                .body("comments.number", contains(1, 2))
                .body("comments.text", contains("called", "no answer"))
                .body("comments.author", contains("teller", "auditor"))
                .body("comments[1].at", equalTo(START.plusSeconds(2).toString()));
    }

    @Test
    void tasks_are_listed_by_customer_assignee_and_status() {
        var other = UUID.randomUUID();
        Feed.send(
                event(id, 1, new TaskCreated("one", customer)),
                event(id, 2, new TaskAssigned(first, "one")),
                event(id, 3, new CommentAdded(1, "called", "teller")),
                event(other, 1, new TaskCreated("two", customer)),
                event(other, 2, new TaskCompleted()));
        Bank.view("/tasks/", id, 3);
        Bank.view("/tasks/", other, 2);

        Bank.as("teller")
                .get("/tasks?customerId={c}", customer.value())
                .then()
                .body("tasks", hasSize(2));
        Bank.as("teller")
                .get("/tasks?customerId={c}&limit=1", customer.value())
                .then()
                .body("tasks", hasSize(1))
                .body(
                        "next",
                        equalTo(
                                id.toString().compareTo(other.toString()) < 0
                                        ? id.toString()
                                        : other.toString()));
        Bank.as("teller")
                .get("/tasks?assigneeId={a}&status=OPEN", first.value())
                .then()
                .body("tasks.taskId", contains(id.toString()))
                .body("tasks[0].comments.text", contains("called"));
        Bank.as("teller")
                .get("/tasks?customerId={c}&status=COMPLETED", customer.value())
                .then()
                .body("tasks.taskId", contains(other.toString()));
    }

    @Test
    void a_task_that_nobody_created_is_not_found() {
        Bank.as("teller")
                .get("/tasks/{id}", id)
                .then()
                .statusCode(404)
                .body("code", equalTo("task-not-found"));
    }
}
