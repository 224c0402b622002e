package banking.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.aggregate.Claim;
import banking.aggregate.Decision;
import banking.customer.CustomerCommand.ChangeEmail;
import banking.customer.CustomerCommand.EraseCustomer;
import banking.customer.CustomerCommand.RegisterCustomer;
import banking.events.CustomerEvent;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.EmailAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomerTest {

    private static final EmailAddress HOME = new EmailAddress("Alice@Home.example");
    private static final EmailAddress WORK = new EmailAddress("alice@work.example");
    private static final CustomerEvent REGISTERED = new CustomerRegistered("Alice", HOME);
    private static final CustomerEvent ERASED = new CustomerErased(HOME.domain());

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

    @Test
    void of_an_erased_customer_nothing_is_left_but_where_it_was_reached() {
        given(REGISTERED, new CustomerEmailChanged(HOME, WORK))
                .when(new EraseCustomer())
                .then(new CustomerErased(WORK.domain()));
        assertThat(claims(REGISTERED, ERASED)).isEmpty();
        assertThat(CustomerType.CUSTOMER.personal(given(REGISTERED, ERASED).state)).isEmpty();
    }

    @Test
    void erasing_again_changes_nothing_and_nothing_else_is_possible() {
        given(REGISTERED, ERASED).when(new EraseCustomer()).then();
        given(REGISTERED, ERASED).when(new ChangeEmail(WORK)).thenRejected("customer-erased");
        given(REGISTERED, ERASED)
                .when(new RegisterCustomer("Alice", HOME))
                .thenRejected("customer-already-registered");
    }

    @Test
    void nobody_is_not_erased() {
        given().when(new EraseCustomer()).thenRejected("customer-not-found");
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
