package banking.employee;

import banking.database.Reads;
import banking.events.EmployeeId;
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

/** Who works for the bank. */
@Path("/employees")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
@Reads
class EmployeesResource {

    private final FreshViews views;
    private final Asker asker;

    EmployeesResource(FreshViews views, Asker asker) {
        this.asker = asker;
        this.views = views;
    }

    @GET
    @Path("/{employeeId}")
    @Operation(summary = "An employee")
    @APIResponse(responseCode = "200", description = "The employee")
    public EmployeeAnswer employee(
            @PathParam("employeeId") EmployeeId id,
            @QueryParam("min-version") @Parameter(description = FreshViews.MIN_VERSION) @Min(0)
                    @Nullable Long minVersion)
            throws InterruptedException {
        return EmployeeAnswer.of(views.find(EmployeeView.KIND, id, minVersion, asker.scope()));
    }

    @GET
    @Operation(summary = "Employees, in the order of their ids")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    public EmployeeAnswer.Page employees(
            @QueryParam("after") @Parameter(description = "The cursor") @Nullable UUID after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT) @Min(1) @Max(Page.MAX) int limit) {
        var page = EmployeeView.page(after, limit);
        return new EmployeeAnswer.Page(
                page.map(EmployeeAnswer::of), page.next(employee -> employee.id));
    }
}
