package banking.account;

import banking.database.Reads;
import banking.events.AccountId;
import banking.events.CustomerId;
import banking.http.Asker;
import banking.http.ExpensiveReads;
import banking.paging.Page;
import banking.security.Scope;
import banking.view.FreshViews;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What everybody at the counter asks about accounts. */
@Path("/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
@Reads
class AccountsResource {

    private static final int MAX_OWNER_LENGTH = 500;
    private static final String NO_CONTROLS = "[^\\x00-\\x1F\\x7F]*";

    private final FreshAccounts accounts;
    private final ExpensiveReads reads;
    private final Asker asker;

    AccountsResource(FreshAccounts accounts, ExpensiveReads reads, Asker asker) {
        this.asker = asker;
        this.reads = reads;
        this.accounts = accounts;
    }

    @GET
    @Path("/{accountId}")
    @Operation(summary = "An account")
    @APIResponse(
            responseCode = "200",
            description = "The account",
            headers =
                    @Header(
                            name = "ETag",
                            description = "Its version",
                            schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "304", description = "It still has the version that is known")
    public RestResponse<Answers.Account> account(
            @PathParam("accountId") AccountId id,
            @QueryParam("min-version") @Parameter(description = FreshViews.MIN_VERSION) @Min(0)
                    @Nullable Long minVersion,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known)
            throws InterruptedException {
        var view = accounts.find(id, minVersion, asker.scope());
        var etag = "\"" + view.version + "\"";
        // An account can fall behind without a new version, and then everybody is to hear of it.
        if (known != null && known.contains(etag) && !view.behind) {
            return RestResponse.ResponseBuilder.<Answers.Account>notModified()
                    .header(HttpHeaders.ETAG, etag)
                    .build();
        }
        return RestResponse.ResponseBuilder.ok(Answers.Account.of(view))
                .header(HttpHeaders.ETAG, etag)
                .build();
    }

    @GET
    @Operation(summary = "Accounts, in the order of their ids")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    public Answers.Accounts accounts(
            @QueryParam("owner")
                    @Parameter(
                            description =
                                    "The owner's whole name, in upper or lower case and in any of Unicode's"
                                            + " normal forms")
                    @Size(max = MAX_OWNER_LENGTH)
                    @Pattern(regexp = NO_CONTROLS, message = "must not hold control characters")
                    @Nullable String owner,
            @QueryParam("status") @Nullable AccountStatus status,
            @QueryParam("customerId") @Nullable CustomerId customerId,
            @QueryParam("after") @Parameter(description = "The cursor") @Nullable UUID after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT) @Min(1) @Max(Page.MAX) int limit) {
        var whose = asker.scope() instanceof Scope.OnlyOf(var own) ? own : customerId;
        if (customerId != null && !customerId.equals(whose)) {
            return new Answers.Accounts(List.of(), null);
        }
        var page = reads.inTurn(() -> AccountView.page(owner, status, whose, after, limit));
        return new Answers.Accounts(
                page.map(Answers.Account::of), page.next(account -> account.id));
    }
}
