package banking.company;

import banking.aggregate.Refusal;
import banking.company.CompanyCommand.RegisterCompany;

/** Why a company refuses a command. */
public enum CompanyRefusal implements Refusal {
    COMPANY_ALREADY_REGISTERED(
            409, "A company has registered this e-mail domain before", RegisterCompany.class);

    @SuppressWarnings("ImmutableEnumChecker") // Its list is, too.
    private final Terms terms;

    CompanyRefusal(int status, String title, Class<?>... commands) {
        terms = Terms.of(status, title, commands);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
