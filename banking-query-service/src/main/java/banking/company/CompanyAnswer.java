package banking.company;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Company")
record CompanyAnswer(
        UUID companyId,
        long version,
        @Nullable String name,
        String emailDomain,
        int customerCount,
        @Schema(description = "Whether an event of this company waits to be looked into")
                boolean behind) {

    @Schema(name = "CompanyPage")
    record Page(List<CompanyAnswer> companies, @Nullable UUID next) {}

    static CompanyAnswer of(CompanyView view) {
        return new CompanyAnswer(
                view.id,
                view.version,
                view.name,
                view.emailDomain,
                view.customerCount,
                view.behind);
    }
}
