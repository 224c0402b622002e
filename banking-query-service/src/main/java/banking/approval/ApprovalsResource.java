package banking.approval;

import banking.approval.ApprovalView.Filter;
import banking.database.Reads;
import banking.events.ApprovalId;
import banking.http.Asker;
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

/** What waits for a second pair of eyes, and what has become of it. */
@Path("/approvals")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
@Reads
class ApprovalsResource {

    private static final int MAX_ACTOR_LENGTH = 255;
    private static final String NO_CONTROLS = "\\P{Cntrl}*";

    private final FreshViews views;
    private final Asker asker;

    ApprovalsResource(FreshViews views, Asker asker) {
        this.asker = asker;
        this.views = views;
    }

    @GET
    @Path("/{approvalId}")
    @Operation(summary = "An approval")
    @APIResponse(responseCode = "200", description = "The approval")
    public ApprovalAnswer approval(
            @PathParam("approvalId") ApprovalId id,
            @QueryParam("min-version") @Parameter(description = FreshViews.MIN_VERSION) @Min(0)
                    @Nullable Long minVersion)
            throws InterruptedException {
        return ApprovalAnswer.of(views.find(ApprovalView.KIND, id, minVersion, asker.scope()));
    }

    @GET
    @Operation(summary = "Approvals, in the order of their ids")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    public ApprovalAnswer.Page approvals(
            @QueryParam("status") @Nullable ApprovalStatus status,
            @QueryParam("targetId") @Nullable UUID targetId,
            @QueryParam("requestedBy")
                    @Size(max = MAX_ACTOR_LENGTH)
                    @Pattern(regexp = NO_CONTROLS, message = "must not hold control characters")
                    @Nullable String requestedBy,
            @QueryParam("after") @Parameter(description = "The cursor") @Nullable UUID after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT) @Min(1) @Max(Page.MAX) int limit) {
        var own = asker.scope() instanceof Scope.OnlyOf(var customer) ? customer : null;
        var page = ApprovalView.page(new Filter(status, targetId, requestedBy, own), after, limit);
        return new ApprovalAnswer.Page(
                page.map(ApprovalAnswer::of), page.next(approval -> approval.id));
    }
}
