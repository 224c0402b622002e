package banking.task;

import static banking.task.TaskType.TASK;

import banking.aggregate.NameBasedId;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.TaskId;
import banking.policy.Policy;
import banking.policy.Reaction;
import banking.task.TaskCommand.CreateTask;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Makes the tasks that every new customer means. */
@ApplicationScoped
class OnboardingPolicy implements Policy {

    /** The tasks' ids follow from their place in this list. */
    private static final List<String> TASKS =
            List.of("Verify identity document", "Review account terms");

    @Override
    public String name() {
        return "onboarding";
    }

    @Override
    public Set<Class<? extends Event>> reactsTo() {
        return Set.of(CustomerRegistered.class);
    }

    @Override
    public List<Reaction<?, ?, ?>> react(Envelope<Event> event) {
        var customer = new CustomerId(event.streamId().value());
        return IntStream.range(0, TASKS.size())
                .<Reaction<?, ?, ?>>mapToObj(
                        n ->
                                Reaction.give(
                                        TASK,
                                        id(customer, n),
                                        new CreateTask(TASKS.get(n), customer)))
                .toList();
    }

    static TaskId id(CustomerId customer, int number) {
        return new TaskId(NameBasedId.of("onboarding/" + customer + "/" + number));
    }
}
