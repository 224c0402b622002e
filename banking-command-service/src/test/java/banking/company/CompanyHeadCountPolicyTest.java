package banking.company;

import static banking.company.CompanyType.COMPANY;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Envelopes;
import banking.company.CompanyCommand.JoinCompany;
import banking.company.CompanyCommand.LeaveCompany;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import banking.events.Event;
import banking.policy.Reaction;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CompanyHeadCountPolicyTest {

    private static final CustomerId ALICE = new CustomerId(new UUID(0, 1));
    private static final EmailAddress HOME = new EmailAddress("alice@home.example");
    private static final EmailAddress WORK = new EmailAddress("alice@work.example");

    @Test
    void a_new_customer_joins_the_company_of_its_domain() {
        assertThat(reactionsTo(new CustomerRegistered("Alice", HOME))).containsExactly(join(HOME));
    }

    @Test
    void a_customer_with_another_domain_leaves_the_old_company_and_then_joins_the_new_one() {
        assertThat(reactionsTo(new CustomerEmailChanged(HOME, WORK)))
                .containsExactly(leave(HOME), join(WORK));
    }

    @Test
    void another_address_in_the_same_domain_means_nothing() {
        var other = new EmailAddress("a.smith@home.example");

        assertThat(reactionsTo(new CustomerEmailChanged(HOME, other))).isEmpty();
    }

    @Test
    void an_erased_customer_leaves_the_company_of_its_last_address() {
        assertThat(reactionsTo(new CustomerErased(WORK.domain()))).containsExactly(leave(WORK));
    }

    private static List<Reaction<?, ?, ?>> reactionsTo(Event event) {
        return CompanyHeadCountPolicy.COMPANY_HEAD_COUNT.react(Envelopes.of(ALICE, 1, event));
    }

    private static Reaction<?, ?, ?> join(EmailAddress email) {
        var domain = email.domain();
        return Reaction.give(COMPANY, CompanyType.id(domain), new JoinCompany(ALICE, domain));
    }

    private static Reaction<?, ?, ?> leave(EmailAddress email) {
        var domain = email.domain();
        return Reaction.give(COMPANY, CompanyType.id(domain), new LeaveCompany(ALICE, domain));
    }
}
