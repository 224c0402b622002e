package banking.task;

import static org.assertj.core.api.Assertions.assertThat;

import banking.aggregate.Decision;
import banking.events.EmployeeId;
import banking.task.TaskCommand.AddComment;
import banking.task.TaskCommand.AssignTask;
import banking.task.TaskCommand.CompleteTask;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The documents of the API say of each command what the task says itself. */
class TaskRefusalTest {

    private static final Task.Open FULL = new Task.Open("Call", null, null, Task.MAX_COMMENTS);

    private static final List<TaskCommand> COMMANDS =
            List.of(
                    new AssignTask(new EmployeeId(new UUID(0, 1))),
                    new AddComment("Called.", "teller"),
                    new CompleteTask());

    @Test
    void every_command_is_refused_for_what_it_may_be_and_for_nothing_else() {
        var told = new TreeSet<String>();
        for (var refusal : TaskRefusal.values()) {
            refusal.terms().causes().forEach(command -> told.add(command + " " + refusal));
        }
        var given = new TreeSet<String>();
        for (var state : List.of(FULL, new Task.Completed(FULL))) {
            for (var command : COMMANDS) {
                if (Task.decide(state, command) instanceof Decision.Rejected<?>(var rejection)) {
                    given.add(command.getClass().getSimpleName() + " " + rejection.refusal());
                }
            }
        }

        assertThat(given).isEqualTo(told);
    }
}
