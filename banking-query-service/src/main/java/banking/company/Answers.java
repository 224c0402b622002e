package banking.company;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is said about companies, as JSON. */
final class Answers {

    private Answers() {}

    /**
     * @param customerCount how many customers have an address in the domain
     */
    @Schema(name = "Company")
    record Company(
            UUID companyId,
            long version,
            @Nullable String name,
            String emailDomain,
            int customerCount,
            @Schema(description = "Whether an event of this company waits to be looked into")
                    boolean behind) {

        static Company of(CompanyView view) {
            return new Company(
                    view.id,
                    view.version,
                    view.name,
                    view.emailDomain,
                    view.customerCount,
                    view.behind);
        }
    }

    @Schema(name = "CompanyPage")
    record Companies(List<Company> companies, @Nullable UUID next) {}
}
