package banking.task;

import banking.aggregate.AggregateType;
import banking.aggregate.StateFormat;
import banking.events.TaskEvent;
import banking.events.TaskId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The task, as the bank knows it; its states are written as JSON. */
@RegisterForReflection(
        targets = {
            Task.NotCreated.class,
            Task.Open.class,
            Task.Completed.class,
            TaskAnswer.class,
        })
public final class TaskType {

    @Produces @Singleton
    public static final AggregateType<Task, TaskCommand, TaskEvent> TASK =
            AggregateType.of(
                            TaskEvent.class,
                            TaskId::new,
                            new StateFormat<>(
                                    Task.class,
                                    List.of(
                                            Task.NotCreated.class,
                                            Task.Open.class,
                                            Task.Completed.class)),
                            new Task.NotCreated(),
                            Task::decide,
                            Task::evolve,
                            TaskAnswer::of)
                    .withCommands(
                            List.of(
                                    TaskCommand.CreateTask.class,
                                    TaskCommand.AssignTask.class,
                                    TaskCommand.AddComment.class,
                                    TaskCommand.CompleteTask.class,
                                    TaskCommand.RecordNotification.class),
                            TaskCommand::isSound)
                    .withRefusals(TaskRefusal.values())
                    .withReferences(Task::references)
                    .withCustomer((_, task) -> Task.customer(task));

    private TaskType() {}
}
