package banking.transfer;

import banking.account.FreshAccounts;
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

/** What an account has transferred and received. */
@Path("/accounts/{accountId}/transfers")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
@Reads
class AccountTransfersResource {

    private final FreshAccounts accounts;
    private final Asker asker;

    AccountTransfersResource(FreshAccounts accounts, Asker asker) {
        this.asker = asker;
        this.accounts = accounts;
    }

    @GET
    @Operation(summary = "The transfers from and to an account, in the order of their ids")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    public Answers.Transfers accountTransfers(
            @PathParam("accountId") AccountId id,
            @QueryParam("direction") @Nullable Direction direction,
            @QueryParam("after") @Parameter(description = "The cursor") @Nullable UUID after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT) @Min(1) @Max(Page.MAX) int limit,
            @QueryParam("min-version") @Parameter(description = FreshViews.MIN_VERSION) @Min(0)
                    @Nullable Long minVersion)
            throws InterruptedException {
        boolean behind = accounts.behind(id, minVersion, asker.scope());
        var page = Page.of(TransferView.page(id, direction, after, limit + 1), limit);
        return new Answers.Transfers(
                id.value(),
                behind,
                page.map(Answers.Transfer::of),
                page.next(transfer -> transfer.transferId));
    }
}
