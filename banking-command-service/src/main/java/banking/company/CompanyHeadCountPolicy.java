package banking.company;

import static banking.company.CompanyType.COMPANY;

import banking.company.CompanyCommand.JoinCompany;
import banking.company.CompanyCommand.LeaveCompany;
import banking.events.CustomerEvent;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import banking.events.Envelope;
import banking.events.Event;
import banking.policy.Policy;
import banking.policy.Reaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Counts customers with the company whose e-mail domain their address is in. */
@ApplicationScoped
class CompanyHeadCountPolicy implements Policy {

    @Override
    public String name() {
        return "company-head-count";
    }

    @Override
    public Set<Class<? extends Event>> reactsTo() {
        return Set.of(CustomerRegistered.class, CustomerEmailChanged.class);
    }

    /** Two companies are two transactions; for a moment the customer counts with neither. */
    @Override
    public List<Reaction<?, ?, ?>> react(Envelope<Event> event) {
        var customer = new CustomerId(event.streamId().value());
        return switch ((CustomerEvent) event.event()) {
            case CustomerRegistered(_, var email) -> List.of(join(customer, email));
            case CustomerEmailChanged(var previous, var email) ->
                    previous.domain().equals(email.domain())
                            ? List.of()
                            : List.of(leave(customer, previous), join(customer, email));
        };
    }

    private static Reaction<?, ?, ?> join(CustomerId customer, EmailAddress email) {
        return Reaction.give(
                COMPANY, CompanyType.id(email.domain()), new JoinCompany(customer, email.domain()));
    }

    private static Reaction<?, ?, ?> leave(CustomerId customer, EmailAddress email) {
        return Reaction.give(
                COMPANY,
                CompanyType.id(email.domain()),
                new LeaveCompany(customer, email.domain()));
    }
}
