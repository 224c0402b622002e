package banking.events;

/**
 * All that can happen to a company. Its stream's id follows from its e-mail domain, so customers
 * can be counted before the company registers.
 */
public sealed interface CompanyEvent extends Event {

    record CompanyRegistered(String name, EmailDomain emailDomain) implements CompanyEvent {}

    /**
     * A customer has an address in the company's domain.
     *
     * @param customerCount how many there are with this one
     */
    record CustomerJoinedCompany(CustomerId customerId, EmailDomain emailDomain, int customerCount)
            implements CompanyEvent {}

    /**
     * A customer has no address in the company's domain any more.
     *
     * @param customerCount how many are left; never negative
     */
    record CustomerLeftCompany(CustomerId customerId, EmailDomain emailDomain, int customerCount)
            implements CompanyEvent {}
}
