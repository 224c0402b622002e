package banking.ledger;

import banking.database.Reads;
import banking.events.AccountId;
import banking.http.ExpensiveReads;
import banking.paging.Page;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The bank's books, for those who check them. */
@Path("/ledger")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
@Reads
class LedgerResource {

    private final ExpensiveReads reads;

    LedgerResource(ExpensiveReads reads) {
        this.reads = reads;
    }

    @GET
    @Path("/trial-balance")
    @Operation(
            summary = "What every ledger account comes to, per currency",
            description =
                    "All of it as one moment has it. It reads every account: not for polling.")
    @APIResponse(responseCode = "200", description = "All currencies; each sums to zero")
    public Answers.TrialBalances trialBalance() {
        var lines = reads.inTurn(TrialBalanceLine::inOrderOfCurrencies);
        return Answers.TrialBalances.of(TrialBalance.of(lines));
    }

    @GET
    @Path("/entries")
    @Operation(summary = "The bookings with both legs, in the order of accounts and versions")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    public Answers.Entries ledgerEntries(
            @QueryParam("account") @Parameter(description = "Of this customer's account only")
                    @Nullable AccountId account,
            @QueryParam("from") @Parameter(description = "From this instant on")
                    @Nullable Instant from,
            @QueryParam("to") @Parameter(description = "Before this instant") @Nullable Instant to,
            @QueryParam("after")
                    @Parameter(description = "The cursor")
                    @Pattern(regexp = BookingId.FORM)
                    @Nullable String after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT) @Min(1) @Max(Page.MAX) int limit) {
        var place = after == null ? null : BookingId.parse(after);
        var page = reads.inTurn(() -> BookedLine.page(account, from, to, place, limit));
        return new Answers.Entries(
                page.map(Answers.Entry::of), page.next(line -> line.bookingId().toString()));
    }
}
