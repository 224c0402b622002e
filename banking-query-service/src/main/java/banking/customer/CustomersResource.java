package banking.customer;

import banking.database.Reads;
import banking.events.CustomerId;
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

/** Whom the bank serves. */
@Path("/customers")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
@Reads
class CustomersResource {

    private final FreshViews views;
    private final Asker asker;

    CustomersResource(FreshViews views, Asker asker) {
        this.asker = asker;
        this.views = views;
    }

    @GET
    @Path("/{customerId}")
    @Operation(summary = "A customer")
    @APIResponse(responseCode = "200", description = "The customer")
    public CustomerAnswer customer(
            @PathParam("customerId") CustomerId id,
            @QueryParam("min-version") @Parameter(description = FreshViews.MIN_VERSION) @Min(0)
                    @Nullable Long minVersion)
            throws InterruptedException {
        return CustomerAnswer.of(views.find(CustomerView.KIND, id, minVersion, asker.scope()));
    }

    @GET
    @Operation(summary = "Customers, in the order of their ids")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    public CustomerAnswer.Page customers(
            @QueryParam("emailDomain") @Pattern(regexp = EmailDomains.PARAMETER)
                    @Nullable String emailDomain,
            @QueryParam("after") @Parameter(description = "The cursor") @Nullable UUID after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT) @Min(1) @Max(Page.MAX) int limit) {
        var page = CustomerView.page(emailDomain, after, limit);
        return new CustomerAnswer.Page(
                page.map(CustomerAnswer::of), page.next(customer -> customer.id));
    }
}
