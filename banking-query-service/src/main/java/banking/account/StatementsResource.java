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
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** How an account came to what it holds. */
@Path("/accounts/{accountId}")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
@Reads
class StatementsResource {

    private final FreshAccounts accounts;
    private final Asker asker;

    StatementsResource(FreshAccounts accounts, Asker asker) {
        this.asker = asker;
        this.accounts = accounts;
    }

    @GET
    @Path("/statement")
    @Operation(summary = "An account's entries with running balance, in their order")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    public Answers.Statement statement(
            @PathParam("accountId") AccountId id,
            @QueryParam("from") @Parameter(description = "From this instant on")
                    @Nullable Instant from,
            @QueryParam("to") @Parameter(description = "Before this instant") @Nullable Instant to,
            @QueryParam("after") @Parameter(description = "The cursor") @DefaultValue("0") @Min(0)
                    long after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT) @Min(1) @Max(Page.MAX) int limit,
            @QueryParam("min-version") @Parameter(description = FreshViews.MIN_VERSION) @Min(0)
                    @Nullable Long minVersion)
            throws InterruptedException {
        var view = accounts.find(id, minVersion, asker.scope());
        long newest = view.version;
        long first =
                from == null ? 0 : StatementLine.lastVersion(id, newest, t -> t.isBefore(from));
        long last =
                to == null ? newest : StatementLine.lastVersion(id, newest, t -> t.isBefore(to));
        var page = StatementLine.page(id, Math.max(first, after), last, limit);
        return new Answers.Statement(
                id.value(),
                view.behind,
                page.map(Answers.Entry::of),
                page.next(line -> line.version));
    }

    @GET
    @Path("/balance")
    @Operation(summary = "An account's balance, now or at an instant")
    @APIResponse(responseCode = "200", description = "The balance and the version that made it")
    public Answers.Balance balance(
            @PathParam("accountId") AccountId id,
            @QueryParam("at") @Parameter(description = "Then instead of now") @Nullable Instant at,
            @QueryParam("min-version") @Parameter(description = FreshViews.MIN_VERSION) @Min(0)
                    @Nullable Long minVersion)
            throws InterruptedException {
        var view = accounts.find(id, minVersion, asker.scope());
        if (at == null) {
            var now = Amount.of(view.balanceMinor, view.currency);
            var available = Amount.of(view.availableMinor(), view.currency);
            return new Answers.Balance(id.value(), view.version, now, available, view.behind);
        }
        if (at.isBefore(view.openedAt)) {
            throw FreshAccounts.notFound("The account " + id + " was opened at " + view.openedAt);
        }
        long version = StatementLine.lastVersion(id, view.version, t -> !t.isAfter(at));
        var line = StatementLine.lastUpTo(id, version);
        return line == null
                ? new Answers.Balance(id.value(), 1, Amount.of(0, view.currency), null, view.behind)
                : new Answers.Balance(
                        id.value(),
                        line.version,
                        Amount.of(line.balanceMinor, line.currency),
                        null,
                        view.behind);
    }
}
