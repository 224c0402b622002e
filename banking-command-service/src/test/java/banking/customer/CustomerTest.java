package banking.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.aggregate.Claim;
import banking.aggregate.Decision;
import banking.customer.CustomerCommand.ChangeEmail;
import banking.customer.CustomerCommand.RegisterCustomer;
import banking.events.CustomerEvent;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.EmailAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomerTest {

    private static final EmailAddress HOME = new EmailAddress("Alice@Home.example");
    private static final EmailAddress WORK = new EmailAddress("alice@work.example");
    private static final CustomerEvent REGISTERED = new CustomerRegistered("Alice", HOME);

    @Test
    void a_customer_is_registered() {
        given().when(new RegisterCustomer("Alice", HOME)).then(REGISTERED);
    }

    @Test
    void a_customer_is_registered_once() {
        given(REGISTERED)
                .when(new RegisterCustomer("Alice", HOME))
                .thenRejected("customer-already-registered");
    }

    @Test
    void an_address_is_changed() {
        given(REGISTERED)
                .when(new ChangeEmail(WORK))
                .then(new CustomerEmailChanged(new EmailAddress("alice@home.example"), WORK));
    }

    @Test
    void the_same_address_again_changes_nothing() {
        given(REGISTERED).when(new ChangeEmail(new EmailAddress("ALICE@home.example"))).then();
    }

    @Test
    void nobody_has_no_address_to_change() {
        given().when(new ChangeEmail(WORK)).thenRejected("customer-not-found");
    }

    @Test
    void a_customer_claims_the_address_it_has_and_no_other() {
        assertThat(claims()).isEmpty();
        assertThat(claims(REGISTERED)).containsExactly(new Claim("email", "alice@home.example"));
        assertThat(claims(REGISTERED, new CustomerEmailChanged(HOME, WORK)))
                .containsExactly(new Claim("email", "alice@work.example"));
    }

    @Test
    void a_change_before_the_registration_is_a_broken_journal() {
        assertThatThrownBy(() -> given(new CustomerEmailChanged(HOME, WORK)))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Iterable<Claim> claims(CustomerEvent... history) {
        return CustomerType.CUSTOMER.claims(given(history).state);
    }

    private static Given given(CustomerEvent... history) {
        Customer state = new Customer.NotRegistered();
        for (var event : history) {
            state = Customer.evolve(state, event);
        }
        return new Given(state);
    }

    private record Given(Customer state) {
        When when(CustomerCommand command) {
            return new When(Customer.decide(state, command));
        }
    }

    private record When(Decision<CustomerEvent> decision) {
        void then(CustomerEvent... events) {
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
