package banking.task;

import static banking.task.TaskType.TASK;
import static jakarta.ws.rs.core.Response.Status.CREATED;
import static jakarta.ws.rs.core.Response.Status.OK;
import static java.util.Objects.requireNonNull;

import banking.events.CustomerId;
import banking.events.EmployeeId;
import banking.events.TaskId;
import banking.http.BulkItem;
import banking.http.CommandHeaders;
import banking.http.CommandOperation;
import banking.http.Commands;
import banking.http.GivesCommands;
import banking.task.TaskBodies.Assignment;
import banking.task.TaskBodies.Comment;
import banking.task.TaskBodies.Creation;
import banking.task.TaskCommand.AddComment;
import banking.task.TaskCommand.AssignTask;
import banking.task.TaskCommand.CompleteTask;
import banking.task.TaskCommand.CreateTask;
import io.quarkus.security.Authenticated;
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
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** The commands on tasks. Every answer is sent after the commit, and is the task's state. */
@Path("/tasks")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class TaskResource implements GivesCommands {

    private static final String ID = "taskId";

    private final Commands commands;

    TaskResource(Commands commands) {
        this.commands = commands;
    }

    @Override
    public List<CommandOperation<?>> operations() {
        return List.of(
                CommandOperation.of(
                        "createTask",
                        Creation.class,
                        (item, body) -> createTask(body, item.headers())),
                CommandOperation.of(
                        "assignTask",
                        Assignment.class,
                        (item, body) -> assignTask(task(item), body, item.headers()),
                        ID),
                CommandOperation.of(
                        "addComment",
                        Comment.class,
                        (item, body) -> addComment(task(item), body, item.headers()),
                        ID),
                CommandOperation.of(
                        "completeTask", (item, _) -> completeTask(task(item), item.headers()), ID));
    }

    private static TaskId task(BulkItem item) {
        return item.id(ID, TaskId::fromString);
    }

    @POST
    @Operation(summary = "Create a task, about a customer or about none")
    @APIResponseSchema(
            value = TaskAnswer.class,
            responseCode = "201",
            responseDescription = "Created; Location tells where it can be read")
    public CompletionStage<Response> createTask(
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
    @Path("{taskId}/assignee")
    @Operation(summary = "Give the task to an employee, who is told by e-mail")
    @APIResponseSchema(
            value = TaskAnswer.class,
            responseCode = "200",
            responseDescription = "Assigned, or the employee's before")
    public CompletionStage<Response> assignTask(
            @PathParam(ID) TaskId id,
            @Valid @NotNull Assignment body,
            @BeanParam CommandHeaders headers) {
        var command = new AssignTask(EmployeeId.fromString(requireNonNull(body.employeeId())));
        return execute(id, command, headers, "PUT assignee", body, OK);
    }

    @POST
    @Path("{taskId}/comments")
    @Operation(summary = "Comment on the task, in the caller's name; 20 times at the most")
    @APIResponseSchema(
            value = TaskAnswer.class,
            responseCode = "201",
            responseDescription = "Added; commentCount is the comment's number")
    public CompletionStage<Response> addComment(
            @PathParam(ID) TaskId id,
            @Valid @NotNull Comment body,
            @BeanParam CommandHeaders headers) {
        var command = new AddComment(requireNonNull(body.text()), headers.actor());
        return execute(id, command, headers, "POST comments", body, CREATED);
    }

    @POST
    @Path("{taskId}/completion")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Complete the task, which takes nothing more from then on")
    @APIResponseSchema(
            value = TaskAnswer.class,
            responseCode = "200",
            responseDescription = "Completed")
    public CompletionStage<Response> completeTask(
            @PathParam(ID) TaskId id, @BeanParam CommandHeaders headers) {
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
