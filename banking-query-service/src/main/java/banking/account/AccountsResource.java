package banking.account;

import banking.events.StreamId;
import banking.problem.Problems;
import banking.projection.VersionWaits;
import banking.projection.VersionWaits.Outcome.Reached;
import banking.projection.VersionWaits.Outcome.StillAt;
import banking.projection.VersionWaits.Outcome.TooManyWaiting;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
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
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What everybody at the counter asks about accounts. */
@Path("/accounts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"teller", "auditor"})
@RunOnVirtualThread
@Tag(name = "accounts")
@APIResponse(responseCode = "400", description = "malformed-request")
@APIResponse(responseCode = "401", description = "not-authenticated")
@APIResponse(responseCode = "403", description = "not-permitted")
@APIResponse(responseCode = "422", description = "invalid-request, with all violations")
class AccountsResource {

    private static final int MAX_PAGE = 500;
    private static final String DEFAULT_PAGE = "100";
    private static final int MAX_OWNER_LENGTH = 500;
    private static final String NO_CONTROLS = "\\P{Cntrl}*";
    private static final String MIN_VERSION =
            "Waits a moment until the view has at least this version (the ETag of a command's answer)";

    /** No event is older or newer, and the database knows both. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final VersionWaits waits;

    AccountsResource(VersionWaits waits) {
        this.waits = waits;
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "An account")
    @APIResponse(
            responseCode = "200",
            description = "The account",
            headers = @Header(name = "ETag", description = "Its version"))
    @APIResponse(responseCode = "304", description = "It still has the version that is known")
    @APIResponse(responseCode = "404", description = "account-not-found")
    @APIResponse(responseCode = "412", description = "view-behind, with currentVersion")
    @APIResponse(responseCode = "503", description = "overloaded")
    public RestResponse<Answers.Account> account(
            @PathParam("id") UUID id,
            @QueryParam("min-version") @Parameter(description = MIN_VERSION) @Min(0)
                    @Nullable Long minVersion,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known)
            throws InterruptedException {
        var view = view(id, minVersion);
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
                    @Parameter(description = "The owner's whole name, in upper or lower case")
                    @Size(max = MAX_OWNER_LENGTH)
                    @Pattern(regexp = NO_CONTROLS, message = "must not hold control characters")
                    @Nullable String owner,
            @QueryParam("status") @Nullable AccountStatus status,
            @QueryParam("after") @Parameter(description = "The cursor") @Nullable UUID after,
            @QueryParam("limit") @DefaultValue(DEFAULT_PAGE) @Min(1) @Max(MAX_PAGE) int limit) {
        var found = AccountView.page(owner, status, after, limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        return new Answers.Accounts(
                page.stream().map(Answers.Account::of).toList(),
                found.size() > limit ? page.getLast().id : null);
    }

    @GET
    @Path("/{id}/statement")
    @Operation(summary = "An account's entries with running balance, in their order")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    @APIResponse(responseCode = "404", description = "account-not-found")
    @APIResponse(responseCode = "412", description = "view-behind, with currentVersion")
    @APIResponse(responseCode = "503", description = "overloaded")
    public Answers.Statement statement(
            @PathParam("id") UUID id,
            @QueryParam("from") @Parameter(description = "From this instant on")
                    @Nullable Instant from,
            @QueryParam("to") @Parameter(description = "Before this instant") @Nullable Instant to,
            @QueryParam("after") @Parameter(description = "The cursor") @DefaultValue("0") @Min(0)
                    long after,
            @QueryParam("limit") @DefaultValue(DEFAULT_PAGE) @Min(1) @Max(MAX_PAGE) int limit,
            @QueryParam("min-version") @Parameter(description = MIN_VERSION) @Min(0)
                    @Nullable Long minVersion)
            throws InterruptedException {
        var view = view(id, minVersion);
        var found =
                StatementLine.page(
                        id,
                        from == null ? null : bounded(from),
                        to == null ? null : bounded(to),
                        after,
                        limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        return new Answers.Statement(
                id,
                view.behind,
                page.stream().map(Answers.Entry::of).toList(),
                found.size() > limit ? page.getLast().version : null);
    }

    @GET
    @Path("/{id}/balance")
    @Operation(summary = "An account's balance, now or at an instant")
    @APIResponse(responseCode = "200", description = "The balance and the version that made it")
    @APIResponse(
            responseCode = "404",
            description = "account-not-found, also for an instant before the account was opened")
    @APIResponse(responseCode = "412", description = "view-behind, with currentVersion")
    @APIResponse(responseCode = "503", description = "overloaded")
    public Answers.Balance balance(
            @PathParam("id") UUID id,
            @QueryParam("at") @Parameter(description = "Then instead of now") @Nullable Instant at,
            @QueryParam("min-version") @Parameter(description = MIN_VERSION) @Min(0)
                    @Nullable Long minVersion)
            throws InterruptedException {
        var view = view(id, minVersion);
        if (at == null) {
            var now = Answers.Amount.of(view.balanceMinor, view.currency);
            return new Answers.Balance(id, view.version, now, view.behind);
        }
        var instant = bounded(at);
        if (instant.isBefore(view.openedAt)) {
            throw notFound("The account " + id + " was opened at " + view.openedAt);
        }
        var line = StatementLine.lastAt(id, instant);
        return line == null
                ? new Answers.Balance(id, 1, Answers.Amount.of(0, view.currency), view.behind)
                : new Answers.Balance(
                        id,
                        line.version,
                        Answers.Amount.of(line.balanceMinor, line.currency),
                        view.behind);
    }

    private AccountView view(UUID id, @Nullable Long minVersion) throws InterruptedException {
        if (minVersion != null) {
            await(id, minVersion);
        }
        var view = AccountView.of(id);
        if (view == null) {
            throw notFound("There is no account " + id);
        }
        return view;
    }

    private void await(UUID id, long minVersion) throws InterruptedException {
        var outcome =
                waits.await(
                        AccountProjection.NAME,
                        new StreamId(id),
                        minVersion,
                        () -> AccountView.versionOf(id));
        switch (outcome) {
            case Reached _ -> {}
            case StillAt(long version) ->
                    throw Problems.problem(
                                    412,
                                    "view-behind",
                                    "Precondition Failed",
                                    "Version " + minVersion + " has not arrived here yet")
                            .with("currentVersion", version)
                            .withHeader(HttpHeaders.RETRY_AFTER, 1)
                            .build();
            case TooManyWaiting _ ->
                    throw Problems.problem(
                                    503,
                                    "overloaded",
                                    "Service Unavailable",
                                    "Too many queries wait for a version")
                            .withHeader(HttpHeaders.RETRY_AFTER, 1)
                            .build();
        }
    }

    private static HttpProblem notFound(String detail) {
        return Problems.problem(404, "account-not-found", "Not Found", detail).build();
    }

    private static Instant bounded(Instant instant) {
        return instant.isBefore(EARLIEST) ? EARLIEST : instant.isAfter(LATEST) ? LATEST : instant;
    }
}
