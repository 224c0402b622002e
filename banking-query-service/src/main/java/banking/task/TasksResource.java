package banking.task;

import banking.database.Reads;
import banking.events.CustomerId;
import banking.events.EmployeeId;
import banking.events.TaskId;
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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What employees have to do. */
@Path("/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
@Reads
class TasksResource {

    private final FreshViews views;
    private final Asker asker;

    TasksResource(FreshViews views, Asker asker) {
        this.asker = asker;
        this.views = views;
    }

    @GET
    @Path("/{taskId}")
    @Operation(summary = "A task with its comments")
    @APIResponse(responseCode = "200", description = "The task")
    public TaskAnswer task(
            @PathParam("taskId") TaskId id,
            @QueryParam("min-version") @Parameter(description = FreshViews.MIN_VERSION) @Min(0)
                    @Nullable Long minVersion)
            throws InterruptedException {
        var view = views.find(TaskView.KIND, id, minVersion, asker.scope());
        return TaskAnswer.of(List.of(view)).getFirst();
    }

    @GET
    @Operation(summary = "Tasks, in the order of their ids")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    public TaskAnswer.Page tasks(
            @QueryParam("customerId") @Nullable CustomerId customerId,
            @QueryParam("assigneeId") @Nullable EmployeeId assigneeId,
            @QueryParam("status") @Nullable TaskStatus status,
            @QueryParam("after") @Parameter(description = "The cursor") @Nullable UUID after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT) @Min(1) @Max(Page.MAX) int limit) {
        var page = TaskView.page(customerId, assigneeId, status, after, limit);
        return new TaskAnswer.Page(TaskAnswer.of(page.rows()), page.next(task -> task.id));
    }
}
