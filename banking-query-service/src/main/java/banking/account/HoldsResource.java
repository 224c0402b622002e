package banking.account;

import banking.database.Reads;
import banking.events.AccountId;
import banking.http.Asker;
import banking.paging.Page;
import banking.view.FreshViews;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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

/** What of an account's money is set aside. */
@Path("/accounts/{accountId}/holds")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
@Reads
class HoldsResource {

    private final FreshAccounts accounts;
    private final Asker asker;

    HoldsResource(FreshAccounts accounts, Asker asker) {
        this.asker = asker;
        this.accounts = accounts;
    }

    @GET
    @Operation(summary = "An account's holds, in the order of their ids")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    public Answers.Holds holds(
            @PathParam("accountId") AccountId id,
            @QueryParam("status") @Nullable HoldStatus status,
            @QueryParam("after") @Parameter(description = "The cursor") @Nullable UUID after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT) @Min(1) @Max(Page.MAX) int limit,
            @QueryParam("min-version") @Parameter(description = FreshViews.MIN_VERSION) @Min(0)
                    @Nullable Long minVersion)
            throws InterruptedException {
        boolean behind = accounts.behind(id, minVersion, asker.scope());
        var page = HoldView.page(id, status, after, limit);
        return new Answers.Holds(
                id.value(), behind, page.map(Answers.Hold::of), page.next(hold -> hold.holdId));
    }
}
