package banking.task;

import static banking.task.TaskType.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Envelopes;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import banking.policy.Reaction;
import banking.task.TaskCommand.CreateTask;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OnboardingPolicyTest {

    private static final CustomerId ALICE = new CustomerId(new UUID(0, 1));

    @Test
    void a_new_customer_means_two_tasks_whose_ids_follow_from_the_customers() {
        var registered = new CustomerRegistered("Alice", new EmailAddress("alice@home.example"));

        assertThat(OnboardingPolicy.ONBOARDING.react(Envelopes.of(ALICE, 1, registered)))
                .containsExactly(
                        Reaction.give(
                                TASK,
                                OnboardingPolicy.id(ALICE, 0),
                                new CreateTask("Verify identity document", ALICE)),
                        Reaction.give(
                                TASK,
                                OnboardingPolicy.id(ALICE, 1),
                                new CreateTask("Review account terms", ALICE)));
        assertThat(OnboardingPolicy.id(ALICE, 0)).isNotEqualTo(OnboardingPolicy.id(ALICE, 1));
    }
}
