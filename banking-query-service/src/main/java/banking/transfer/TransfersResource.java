package banking.transfer;

import banking.account.FreshAccounts;
import banking.database.Reads;
import banking.events.AccountId;
import banking.events.TransferId;
import banking.http.Asker;
import banking.http.ProblemCode;
import banking.http.Problems;
import banking.http.Refusal;
import banking.security.Scope;
import banking.view.FreshViews;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Where transferred money is. */
@Path("/transfers")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
@Reads
class TransfersResource {

    private final FreshAccounts accounts;
    private final Asker asker;

    TransfersResource(FreshAccounts accounts, Asker asker) {
        this.asker = asker;
        this.accounts = accounts;
    }

    @GET
    @Path("/{transferId}")
    @Operation(
            summary = "A transfer",
            description = "With from and min-version it is there as soon as its source has it.")
    @APIResponse(responseCode = "200", description = "The transfer")
    public Answers.Transfer transfer(
            @PathParam("transferId") TransferId id,
            @QueryParam("from") @Parameter(description = "The source, whose view is waited for")
                    @Nullable AccountId from,
            @QueryParam("min-version")
                    @Parameter(description = FreshViews.MIN_VERSION + "; only together with from")
                    @Min(0)
                    @Nullable Long minVersion)
            throws InterruptedException {
        if (minVersion != null) {
            if (from == null) {
                throw Problems.of(
                        ProblemCode.INVALID_REQUEST,
                        "min-version is a version of the account that from names.");
            }
            accounts.await(from, minVersion, asker.scope());
        }
        var view = TransferView.of(id);
        if (view == null || !isOf(asker.scope(), view)) {
            var problem =
                    Problems.of(Refusal.notFound("transfer"), "There is no transfer " + id + ".");
            throw view == null ? problem : Problems.ofOthers(problem);
        }
        return Answers.Transfer.of(view);
    }

    /** Who has paid it knows of it, and so does who gets it. */
    private boolean isOf(Scope scope, TransferView view) {
        return accounts.has(new AccountId(view.fromAccount), scope)
                || accounts.has(new AccountId(view.toAccount), scope);
    }
}
