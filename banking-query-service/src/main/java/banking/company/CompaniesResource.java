package banking.company;

import banking.database.Reads;
import banking.events.CompanyId;
import banking.http.Asker;
import banking.paging.EmailDomains;
import banking.paging.Page;
import banking.view.FreshViews;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Companies, and how many of their people are customers. */
@Path("/companies")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
@Reads
class CompaniesResource {

    private final FreshViews views;
    private final Asker asker;

    CompaniesResource(FreshViews views, Asker asker) {
        this.asker = asker;
        this.views = views;
    }

    @GET
    @Path("/{companyId}")
    @Operation(summary = "A company that has registered")
    @APIResponse(responseCode = "200", description = "The company")
    public CompanyAnswer company(
            @PathParam("companyId") CompanyId id,
            @QueryParam("min-version") @Parameter(description = FreshViews.MIN_VERSION) @Min(0)
                    @Nullable Long minVersion)
            throws InterruptedException {
        var view = views.find(CompanyView.KIND, id, minVersion, asker.scope());
        if (!view.isRegistered()) {
            throw FreshViews.notFound(CompanyView.KIND, id);
        }
        return CompanyAnswer.of(view);
    }

    @GET
    @Operation(summary = "Companies, in the order of their ids")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    public CompanyAnswer.Page companies(
            @QueryParam("emailDomain") @Pattern(regexp = EmailDomains.PARAMETER)
                    @Nullable String emailDomain,
            @QueryParam("after") @Parameter(description = "The cursor") @Nullable UUID after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT) @Min(1) @Max(Page.MAX) int limit) {
        var page = CompanyView.page(emailDomain, after, limit);
        return new CompanyAnswer.Page(
                page.map(CompanyAnswer::of), page.next(company -> company.id));
    }
}
