package banking.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.aggregate.Decision;
import banking.events.CustomerId;
import banking.events.EmployeeId;
import banking.events.TaskEvent;
import banking.events.TaskEvent.AssigneeNotified;
import banking.events.TaskEvent.CommentAdded;
import banking.events.TaskEvent.TaskAssigned;
import banking.events.TaskEvent.TaskCompleted;
import banking.events.TaskEvent.TaskCreated;
import banking.task.TaskCommand.AddComment;
import banking.task.TaskCommand.AssignTask;
import banking.task.TaskCommand.CompleteTask;
import banking.task.TaskCommand.CreateTask;
import banking.task.TaskCommand.RecordNotification;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TaskTest {

    private static final CustomerId ALICE = new CustomerId(new UUID(0, 1));
    private static final EmployeeId ERIN = new EmployeeId(new UUID(0, 2));
    private static final EmployeeId FRED = new EmployeeId(new UUID(0, 3));
    private static final TaskEvent CREATED = new TaskCreated("Call back", ALICE);
    private static final TaskEvent ASSIGNED = new TaskAssigned(ERIN, "Call back");

    @Test
    void a_task_is_created_about_a_customer_or_about_none() {
        given().when(new CreateTask("Call back", ALICE)).then(CREATED);
        given().when(new CreateTask("Call back", null)).then(new TaskCreated("Call back", null));
    }

    @Test
    void a_task_is_created_once() {
        given(CREATED).when(new CreateTask("Other", null)).thenRejected("task-already-created");
    }

    @Test
    void a_task_is_given_to_an_employee_and_from_one_to_another() {
        given(CREATED).when(new AssignTask(ERIN)).then(ASSIGNED);
        given(CREATED, ASSIGNED)
                .when(new AssignTask(FRED))
                .then(new TaskAssigned(FRED, "Call back"));
    }

    @Test
    void the_same_employee_again_changes_nothing() {
        given(CREATED, ASSIGNED).when(new AssignTask(ERIN)).then();
    }

    @Test
    void comments_are_numbered() {
        given(CREATED).when(new AddComment("a", "teller")).then(comment(1, "a"));
        given(CREATED, comment(1, "a")).when(new AddComment("b", "teller")).then(comment(2, "b"));
    }

    @Test
    void a_task_takes_twenty_comments() {
        var history = new ArrayList<>(List.of(CREATED));
        for (int number = 1; number <= 20; number++) {
            given(history.toArray(TaskEvent[]::new))
                    .when(new AddComment("text", "teller"))
                    .then(comment(number, "text"));
            history.add(comment(number, "text"));
        }
        given(history.toArray(TaskEvent[]::new))
                .when(new AddComment("text", "teller"))
                .thenRejected("too-many-comments");
    }

    @Test
    void a_completed_task_takes_nothing_but_a_notification_that_was_under_way() {
        var completed = given(CREATED, ASSIGNED, new TaskCompleted());

        completed.when(new AssignTask(FRED)).thenRejected("task-completed");
        completed.when(new AssignTask(ERIN)).thenRejected("task-completed");
        completed.when(new AddComment("a", "teller")).thenRejected("task-completed");
        completed.when(new CompleteTask()).thenRejected("task-completed");
        completed.when(new CreateTask("Other", null)).thenRejected("task-already-created");
        completed
                .when(new RecordNotification(ERIN, "<1@bank>"))
                .then(new AssigneeNotified(ERIN, "<1@bank>"));
    }

    @Test
    void a_notification_is_recorded_even_if_the_task_is_anothers_by_now() {
        given(CREATED, ASSIGNED, new TaskAssigned(FRED, "Call back"))
                .when(new RecordNotification(ERIN, "<1@bank>"))
                .then(new AssigneeNotified(ERIN, "<1@bank>"));
    }

    @Test
    void what_was_never_created_is_not_found() {
        for (var command :
                List.of(
                        new AssignTask(ERIN),
                        new AddComment("a", "teller"),
                        new CompleteTask(),
                        new RecordNotification(ERIN, "<1@bank>"))) {
            given().when(command).thenRejected("task-not-found");
        }
    }

    @Test
    void a_task_refers_to_whom_it_is_about_and_to_whom_it_is_given() {
        assertThat(TaskType.TASK.references(new CreateTask("a", ALICE))).containsExactly(ALICE);
        assertThat(TaskType.TASK.references(new CreateTask("a", null))).isEmpty();
        assertThat(TaskType.TASK.references(new AssignTask(ERIN))).containsExactly(ERIN);
    }

    @Test
    void an_event_after_the_completion_is_a_broken_journal() {
        assertThatThrownBy(() -> given(CREATED, new TaskCompleted(), ASSIGNED))
                .isInstanceOf(IllegalStateException.class);
    }

    private static TaskEvent comment(int number, String text) {
        return new CommentAdded(number, text, "teller");
    }

    private static Given given(TaskEvent... history) {
        Task state = new Task.NotCreated();
        for (var event : history) {
            state = Task.evolve(state, event);
        }
        return new Given(state);
    }

    private record Given(Task state) {
        When when(TaskCommand command) {
            return new When(Task.decide(state, command));
        }
    }

    private record When(Decision<TaskEvent> decision) {
        void then(TaskEvent... events) {
            assertThat(decision).isEqualTo(new Decision.Accepted<>(List.of(events)));
        }

        void thenRejected(String code) {
            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Decision.Rejected.class,
                            rejected -> assertThat(rejected.rejection().code()).isEqualTo(code));
        }
    }
}
