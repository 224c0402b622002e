package banking.company;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.aggregate.Decision;
import banking.company.CompanyCommand.JoinCompany;
import banking.company.CompanyCommand.LeaveCompany;
import banking.company.CompanyCommand.RegisterCompany;
import banking.events.CompanyEvent;
import banking.events.CompanyEvent.CompanyRegistered;
import banking.events.CompanyEvent.CustomerJoinedCompany;
import banking.events.CompanyEvent.CustomerLeftCompany;
import banking.events.CompanyId;
import banking.events.CustomerId;
import banking.events.EmailDomain;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A company's count is right, as far as one company goes. */
class CompanyTest {

    private static final EmailDomain DOMAIN = new EmailDomain("example.com");
    private static final CustomerId ALICE = new CustomerId(new UUID(0, 1));
    private static final CustomerId BOB = new CustomerId(new UUID(0, 2));
    private static final CompanyId ID = CompanyType.id(DOMAIN);

    @Test
    void a_company_is_registered() {
        given().when(new RegisterCompany("Example", DOMAIN)).then(registered());
    }

    @Test
    void a_company_is_registered_once() {
        given(registered())
                .when(new RegisterCompany("Other", DOMAIN))
                .thenRejected("company-already-registered");
    }

    @Test
    void customers_are_counted_before_the_company_registers() {
        given().when(new JoinCompany(ALICE, DOMAIN)).then(joined(ALICE, 1));
        given(joined(ALICE, 1)).when(new JoinCompany(BOB, DOMAIN)).then(joined(BOB, 2));
        given(joined(ALICE, 1), joined(BOB, 2))
                .when(new LeaveCompany(ALICE, DOMAIN))
                .then(left(ALICE, 1));
    }

    @Test
    void the_count_stays_when_the_company_registers() {
        var state = given(joined(ALICE, 1), joined(BOB, 2), registered()).state;

        assertThat(CompanyAnswer.of(ID, 3, state))
                .isEqualTo(
                        new CompanyAnswer(
                                ID.toString(),
                                3,
                                CompanyAnswer.Status.REGISTERED,
                                "Example",
                                "example.com",
                                2));
    }

    @Test
    void a_registered_company_goes_on_counting() {
        given(registered(), joined(ALICE, 1))
                .when(new LeaveCompany(ALICE, DOMAIN))
                .then(left(ALICE, 0));
        given(registered(), joined(ALICE, 1), left(ALICE, 0))
                .when(new JoinCompany(BOB, DOMAIN))
                .then(joined(BOB, 1));
    }

    @Test
    void a_company_that_has_not_registered_has_an_answer_without_a_name() {
        var state = given(joined(ALICE, 1), left(ALICE, 0)).state;

        assertThat(CompanyAnswer.of(ID, 2, state))
                .isEqualTo(
                        new CompanyAnswer(
                                ID.toString(),
                                2,
                                CompanyAnswer.Status.UNREGISTERED,
                                null,
                                "example.com",
                                0));
    }

    @Test
    void a_count_below_zero_cannot_be() {
        assertThatThrownBy(() -> given(registered()).when(new LeaveCompany(ALICE, DOMAIN)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void one_domain_is_one_company_however_it_is_written() {
        assertThat(CompanyType.id(new EmailDomain("EXAMPLE.com"))).isEqualTo(ID);
        assertThat(CompanyType.id(new EmailDomain("example.org"))).isNotEqualTo(ID);
    }

    private static CompanyEvent registered() {
        return new CompanyRegistered("Example", DOMAIN);
    }

    private static CompanyEvent joined(CustomerId customer, int count) {
        return new CustomerJoinedCompany(customer, DOMAIN, count);
    }

    private static CompanyEvent left(CustomerId customer, int count) {
        return new CustomerLeftCompany(customer, DOMAIN, count);
    }

    private static Given given(CompanyEvent... history) {
        Company state = new Company.Unheard();
        for (var event : history) {
            state = Company.evolve(state, event);
        }
        return new Given(state);
    }

    private record Given(Company state) {
        When when(CompanyCommand command) {
            return new When(Company.decide(state, command));
        }
    }

    private record When(Decision<CompanyEvent> decision) {
        void then(CompanyEvent... events) {
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
