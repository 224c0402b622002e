package banking.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.Envelopes;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RulesOfPoliciesTest {

    private static final CustomerId ALICE = new CustomerId(new UUID(0, 1));
    private static final EmailAddress HOME = new EmailAddress("alice@home.example");
    private static final EmailAddress WORK = new EmailAddress("alice@work.example");

    private static final Policy WELCOME =
            Policy.named("welcome")
                    .on(CustomerRegistered.class, CustomerId::new, (_, _) -> List.of());

    @Test
    void a_policy_reacts_to_the_types_of_event_that_it_has_rules_for() {
        assertThat(WELCOME.reactsTo()).containsExactly(CustomerRegistered.class);
        assertThatThrownBy(
                        () ->
                                WELCOME.react(
                                        Envelopes.of(
                                                ALICE, 2, new CustomerEmailChanged(HOME, WORK))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void all_events_of_one_aggregate_are_one_matter_unless_a_rule_says_otherwise() {
        var registered = new CustomerRegistered("Alice", HOME);

        assertThat(WELCOME.matter(Envelopes.of(ALICE, 1, registered))).isEqualTo(ALICE.value());
    }

    @Test
    void two_rules_for_one_type_of_event_are_refused() {
        assertThatThrownBy(
                        () ->
                                WELCOME.on(
                                        CustomerRegistered.class,
                                        CustomerId::new,
                                        (_, _) -> List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
