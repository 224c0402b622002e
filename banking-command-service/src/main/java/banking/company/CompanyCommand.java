package banking.company;

import banking.events.CustomerId;
import banking.events.EmailDomain;

/** All that can be asked of a company; all of it concerns the domain that its id follows from. */
public sealed interface CompanyCommand {

    record RegisterCompany(String name, EmailDomain emailDomain) implements CompanyCommand {}

    record JoinCompany(CustomerId customerId, EmailDomain emailDomain) implements CompanyCommand {}

    /** Follows a {@link JoinCompany} of the same customer, always. */
    record LeaveCompany(CustomerId customerId, EmailDomain emailDomain) implements CompanyCommand {}

    /** Whether a company can be asked this at all, whatever its state. */
    static boolean isSound(CompanyCommand command) {
        return switch (command) {
            case RegisterCompany(var name, _) -> !name.isBlank();
            case JoinCompany _, LeaveCompany _ -> true;
        };
    }
}
