package banking.task;

import static banking.task.TaskType.TASK;

import banking.aggregate.NameBasedId;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.TaskId;
import banking.policy.Policy;
import banking.policy.Reaction;
import banking.task.TaskCommand.CreateTask;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the tasks that every new customer means. */
final class OnboardingPolicy {

    /** The tasks' ids follow from their place in this list. */
    private static final List<String> TASKS =
            List.of("Verify identity document", "Review account terms");

    @Produces @Singleton
    static final Policy ONBOARDING =
            Policy.named("onboarding")
                    .on(
                            CustomerRegistered.class,
                            CustomerId::new,
                            (customer, _) -> tasks(customer));

    private OnboardingPolicy() {}

    private static List<Reaction<?, ?, ?>> tasks(CustomerId customer) {
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
