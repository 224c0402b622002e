package banking.task;

import static banking.aggregate.Decision.accept;
import static banking.aggregate.Decision.reject;
import static banking.task.TaskRefusal.TASK_ALREADY_CREATED;
import static banking.task.TaskRefusal.TASK_COMPLETED;
import static banking.task.TaskRefusal.TASK_NOT_FOUND;
import static banking.task.TaskRefusal.TOO_MANY_COMMENTS;

import banking.aggregate.Decision;
import banking.events.AggregateId;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task: what it makes of a command, and what an event makes of it. */
sealed interface Task {

    /** Bounds what a reader of the task has to go through. */
    int MAX_COMMENTS = 20;

    record NotCreated() implements Task {}

    /**
     * @param customerId the customer that the task is about; null for a task about none
     * @param assigneeId the employee whose task it is; null while it is nobody's
     * @param commentCount how many comments there are; what they say is in the journal
     */
    record Open(
            String name,
            @Nullable CustomerId customerId,
            @Nullable EmployeeId assigneeId,
            int commentCount)
            implements Task {}

    record Completed(Open task) implements Task {}

    static List<AggregateId<?>> references(TaskCommand command) {
        return switch (command) {
            case CreateTask(_, var customer) -> customer == null ? List.of() : List.of(customer);
            case AssignTask(var employee) -> List.of(employee);
            case AddComment _, CompleteTask _, RecordNotification _ -> List.of();
        };
    }

    /** The customer whom it is about; null for one about none, or not there. */
    static @Nullable CustomerId customer(Task state) {
        return switch (state) {
            case NotCreated() -> null;
            case Open task -> task.customerId;
            case Completed(var task) -> task.customerId;
        };
    }

    static Decision<TaskEvent> decide(Task state, TaskCommand command) {
        return switch (state) {
            case NotCreated() ->
                    command instanceof CreateTask(var name, var customerId)
                            ? accept(new TaskCreated(name, customerId))
                            : reject(TASK_NOT_FOUND, "There is no such task.");
            case Open task -> decideOpen(task, command);
            case Completed _ -> decideCompleted(command);
        };
    }

    private static Decision<TaskEvent> decideOpen(Open task, TaskCommand command) {
        return switch (command) {
            case CreateTask _ -> alreadyCreated();
            case AssignTask(var employee) ->
                    employee.equals(task.assigneeId)
                            ? accept()
                            : accept(new TaskAssigned(employee, task.name));
            case AddComment(var text, var author) ->
                    task.commentCount == MAX_COMMENTS
                            ? reject(
                                    TOO_MANY_COMMENTS,
                                    "The task has " + MAX_COMMENTS + " comments already.")
                            : accept(new CommentAdded(task.commentCount + 1, text, author));
            case CompleteTask() -> accept(new TaskCompleted());
            case RecordNotification notification -> notified(notification);
        };
    }

    private static Decision<TaskEvent> decideCompleted(TaskCommand command) {
        return switch (command) {
            case CreateTask _ -> alreadyCreated();
            case RecordNotification notification -> notified(notification);
            case AssignTask _, AddComment _, CompleteTask _ ->
                    reject(TASK_COMPLETED, "The task is completed.");
        };
    }

    private static Decision<TaskEvent> notified(RecordNotification notification) {
        return accept(new AssigneeNotified(notification.employeeId(), notification.messageId()));
    }

    private static Decision<TaskEvent> alreadyCreated() {
        return reject(TASK_ALREADY_CREATED, "The task was created before.");
    }

    /**
     * @throws IllegalStateException when the event cannot follow, so the journal is broken
     */
    static Task evolve(Task state, TaskEvent event) {
        return switch (event) {
            case TaskCreated(var name, var customerId) -> new Open(name, customerId, null, 0);
            case TaskAssigned(var employee, _) -> {
                var task = open(state);
                yield new Open(task.name, task.customerId, employee, task.commentCount);
            }
            case CommentAdded(var number, _, _) -> {
                var task = open(state);
                yield new Open(task.name, task.customerId, task.assigneeId, number);
            }
            case TaskCompleted() -> new Completed(open(state));
            case AssigneeNotified _ -> state;
        };
    }

    private static Open open(Task state) {
        return switch (state) {
            case Open task -> task;
            case NotCreated _, Completed _ ->
                    throw new IllegalStateException("an event that cannot follow " + state);
        };
    }
}
