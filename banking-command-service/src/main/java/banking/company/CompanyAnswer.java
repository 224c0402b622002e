package banking.company;

import banking.events.CompanyId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A company as the caller of a command sees it.
 *
 * @param name null for a company that has customers and has not registered
 * @param customerCount how many customers have an address in its domain
 */
record CompanyAnswer(
        String companyId,
        long version,
        Status status,
        @Nullable String name,
        String emailDomain,
        int customerCount) {

    @Schema(name = "CompanyStatus")
    enum Status {
        UNREGISTERED,
        REGISTERED
    }

    /**
     * @throws IllegalStateException for a company of which nothing is known
     */
    static CompanyAnswer of(CompanyId id, long version, Company state) {
        return switch (state) {
            case Company.Unheard() -> throw new IllegalStateException(id + " is unknown");
            case Company.Unregistered(var domain, var count) ->
                    new CompanyAnswer(
                            id.toString(),
                            version,
                            Status.UNREGISTERED,
                            null,
                            domain.value(),
                            count);
            case Company.Registered(var name, var domain, var count) ->
                    new CompanyAnswer(
                            id.toString(), version, Status.REGISTERED, name, domain.value(), count);
        };
    }
}
