package banking.task;

import static banking.task.TaskType.TASK;
import static jakarta.ws.rs.core.Response.Status.CREATED;
import static jakarta.ws.rs.core.Response.Status.OK;
import static java.util.Objects.requireNonNull;

import banking.events.CustomerId;
import banking.events.EmployeeId;
import banking.events.TaskId;
import banking.http.CommandHeaders;
import banking.http.Commands;
import banking.task.TaskBodies.Assignment;
import banking.task.TaskBodies.Comment;
import banking.task.TaskBodies.Creation;
import banking.task.TaskCommand.AddComment;
import banking.task.TaskCommand.AssignTask;
import banking.task.TaskCommand.CompleteTask;
import banking.task.TaskCommand.CreateTask;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The commands on tasks. Every answer is sent after the commit, and is the task's state. */
@Path("/tasks")
@RolesAllowed("teller")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class TaskResource {

    private final Commands commands;

    TaskResource(Commands commands) {
        this.commands = commands;
    }

    @POST
    @Operation(summary = "Create a task, about a customer or about none")
    @APIResponse(
            responseCode = "201",
            description = "Created; Location tells where it can be read",
            content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
    @APIResponse(responseCode = "404", description = "customer-not-found")
    public CompletionStage<Response> create(
            @Valid @NotNull Creation body, @BeanParam CommandHeaders headers) {
        var command =
                new CreateTask(
                        requireNonNull(body.name()).strip(),
                        body.customerId() == null
                                ? null
                                : CustomerId.fromString(body.customerId()));
        return commands.execute(
                TASK,
                new TaskId(commands.newId()),
                command,
                headers,
                "POST /tasks",
                body,
                commands.created("/tasks"));
    }

    @PUT
    @Path("{id}/assignee")
    @Operation(summary = "Give the task to an employee, who is told by e-mail")
    @APIResponse(
            responseCode = "200",
            description = "Assigned, or the employee's before",
            content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
    @APIResponse(responseCode = "404", description = "task-not-found, employee-not-found")
    @APIResponse(responseCode = "422", description = "task-completed")
    public CompletionStage<Response> assign(
            @PathParam("id") TaskId id,
            @Valid @NotNull Assignment body,
            @BeanParam CommandHeaders headers) {
        var command = new AssignTask(EmployeeId.fromString(requireNonNull(body.employeeId())));
        return execute(id, command, headers, "PUT assignee", body, OK);
    }

    @POST
    @Path("{id}/comments")
    @Operation(summary = "Comment on the task, in the caller's name; 20 times at the most")
    @APIResponse(
            responseCode = "201",
            description = "Added; commentCount is the comment's number",
            content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
    @APIResponse(responseCode = "422", description = "too-many-comments, task-completed")
    public CompletionStage<Response> comment(
            @PathParam("id") TaskId id,
            @Valid @NotNull Comment body,
            @BeanParam CommandHeaders headers) {
        var command = new AddComment(requireNonNull(body.text()), headers.actor());
        return execute(id, command, headers, "POST comments", body, CREATED);
    }

    @POST
    @Path("{id}/completion")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Complete the task, which takes nothing more from then on")
    @APIResponse(
            responseCode = "200",
            description = "Completed",
            content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
    @APIResponse(responseCode = "422", description = "task-completed")
    public CompletionStage<Response> complete(
            @PathParam("id") TaskId id, @BeanParam CommandHeaders headers) {
        return execute(id, new CompleteTask(), headers, "POST completion", null, OK);
    }

    private CompletionStage<Response> execute(
            TaskId id,
            TaskCommand command,
            CommandHeaders headers,
            String what,
            @Nullable Object body,
            Response.Status success) {
        return commands.execute(
                TASK,
                id,
                command,
                headers,
                what + " of /tasks/" + id,
                body,
                Commands.state(success));
    }
}
