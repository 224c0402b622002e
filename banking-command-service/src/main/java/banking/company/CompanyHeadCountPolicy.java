package banking.company;

import static banking.company.CompanyType.COMPANY;

import banking.company.CompanyCommand.JoinCompany;
import banking.company.CompanyCommand.LeaveCompany;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailDomain;
import banking.events.Envelope;
import banking.policy.Policy;
import banking.policy.Reaction;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Counts customers with the company whose e-mail domain their address is in. */
final class CompanyHeadCountPolicy {

    @Produces @Singleton
    static final Policy COMPANY_HEAD_COUNT =
            Policy.named("company-head-count")
                    .on(
                            CustomerRegistered.class,
                            CustomerId::new,
                            (customer, registered) ->
                                    List.of(join(customer, registered.event().email().domain())))
                    .on(CustomerEmailChanged.class, CustomerId::new, CompanyHeadCountPolicy::move)
                    .on(
                            CustomerErased.class,
                            CustomerId::new,
                            (customer, erased) ->
                                    List.of(leave(customer, erased.event().emailDomain())));

    private CompanyHeadCountPolicy() {}

    /** Two companies are two transactions; for a moment the customer counts with neither. */
    private static List<Reaction<?, ?, ?>> move(
            CustomerId customer, Envelope<CustomerEmailChanged> changed) {
        var previous = changed.event().previous().domain();
        var next = changed.event().email().domain();
        return previous.equals(next)
                ? List.of()
                : List.of(leave(customer, previous), join(customer, next));
    }

    private static Reaction<?, ?, ?> join(CustomerId customer, EmailDomain domain) {
        return Reaction.give(COMPANY, CompanyType.id(domain), new JoinCompany(customer, domain));
    }

    private static Reaction<?, ?, ?> leave(CustomerId customer, EmailDomain domain) {
        return Reaction.give(COMPANY, CompanyType.id(domain), new LeaveCompany(customer, domain));
    }
}
