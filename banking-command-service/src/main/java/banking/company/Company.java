package banking.company;

import static banking.aggregate.Decision.accept;
import static banking.aggregate.Decision.reject;
import static banking.company.CompanyRefusal.COMPANY_ALREADY_REGISTERED;

import banking.aggregate.Decision;
import banking.company.CompanyCommand.JoinCompany;
import banking.company.CompanyCommand.LeaveCompany;
import banking.company.CompanyCommand.RegisterCompany;
import banking.events.CompanyEvent;
import banking.events.CompanyEvent.CompanyRegistered;
import banking.events.CompanyEvent.CustomerJoinedCompany;
import banking.events.CompanyEvent.CustomerLeftCompany;
import banking.events.EmailDomain;

/**
 * A company: what it makes of a command, and what an event makes of it. Customers are counted from
 * the first one on, whether or not the company has registered by then.
 */
sealed interface Company {

    int customerCount();

    record Unheard() implements Company {
        @Override
        public int customerCount() {
            return 0;
        }
    }

    record Unregistered(EmailDomain emailDomain, int customerCount) implements Company {}

    record Registered(String name, EmailDomain emailDomain, int customerCount) implements Company {}

    static Decision<CompanyEvent> decide(Company state, CompanyCommand command) {
        return switch (command) {
            case RegisterCompany(var name, var domain) ->
                    state instanceof Registered
                            ? reject(
                                    COMPANY_ALREADY_REGISTERED,
                                    "The domain " + domain + " was registered before.")
                            : accept(new CompanyRegistered(name, domain));
            case JoinCompany(var customer, var domain) ->
                    accept(
                            new CustomerJoinedCompany(
                                    customer, domain, Math.addExact(state.customerCount(), 1)));
            case LeaveCompany(var customer, var domain) ->
                    accept(new CustomerLeftCompany(customer, domain, oneLess(state)));
        };
    }

    private static int oneLess(Company state) {
        if (state.customerCount() == 0) {
            throw new IllegalStateException("a customer leaves who has never joined");
        }
        return state.customerCount() - 1;
    }

    static Company evolve(Company state, CompanyEvent event) {
        return switch (event) {
            case CompanyRegistered(var name, var domain) ->
                    new Registered(name, domain, state.customerCount());
            case CustomerJoinedCompany(_, var domain, var count) -> counted(state, domain, count);
            case CustomerLeftCompany(_, var domain, var count) -> counted(state, domain, count);
        };
    }

    private static Company counted(Company state, EmailDomain domain, int count) {
        return switch (state) {
            case Unheard _, Unregistered _ -> new Unregistered(domain, count);
            case Registered(var name, _, _) -> new Registered(name, domain, count);
        };
    }
}
