package banking.task;

import banking.events.StreamId;
import banking.events.TaskEvent;
import banking.pipeline.AggregateType;
import banking.pipeline.Decision;
import banking.pipeline.Reference;
import banking.pipeline.StateFormat;
import banking.task.TaskCommand.AddComment;
import banking.task.TaskCommand.AssignTask;
import banking.task.TaskCommand.CompleteTask;
import banking.task.TaskCommand.CreateTask;
import banking.task.TaskCommand.RecordNotification;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The task, as the pipeline knows it; its states are written as JSON. */
@RegisterForReflection(
        targets = {
            Task.NotCreated.class,
            Task.Open.class,
            Task.Completed.class,
            TaskAnswer.class,
        })
public class TaskType implements AggregateType<Task, TaskCommand, TaskEvent> {

    public static final TaskType TASK = new TaskType();

    private final StateFormat<Task> format =
            new StateFormat<>(
                    Task.class,
                    List.of(Task.NotCreated.class, Task.Open.class, Task.Completed.class));

    TaskType() {}

    /**
     * For who asks for all types. With this in it, the type itself would be a bean too: a second
     * one.
     */
    static final class Bean {

        private Bean() {}

        @Produces
        @Singleton
        static TaskType task() {
            return TASK;
        }
    }

    @Override
    public String name() {
        return "task";
    }

    @Override
    public Class<TaskEvent> eventType() {
        return TaskEvent.class;
    }

    @Override
    public StateFormat<Task> format() {
        return format;
    }

    @Override
    public Task initial() {
        return new Task.NotCreated();
    }

    @Override
    public Decision<TaskEvent> decide(Task state, TaskCommand command) {
        return Task.decide(state, command);
    }

    @Override
    public Task evolve(Task state, TaskEvent event) {
        return Task.evolve(state, event);
    }

    @Override
    public List<Reference> references(TaskCommand command) {
        return switch (command) {
            case CreateTask(_, var customer) ->
                    customer == null ? List.of() : List.of(new Reference("customer", customer));
            case AssignTask(var employee) -> List.of(new Reference("employee", employee));
            case AddComment _, CompleteTask _, RecordNotification _ -> List.of();
        };
    }

    @Override
    public Object answer(StreamId id, long version, Task state) {
        return TaskAnswer.of(id, version, state);
    }
}
