package banking.supervision;

import static banking.approval.ApprovalType.APPROVAL;
import static java.util.Objects.requireNonNull;

import banking.approval.ApprovalAnswer;
import banking.approval.ApprovalCommand;
import banking.approval.ApprovalCommand.GrantApproval;
import banking.approval.ApprovalCommand.RefuseApproval;
import banking.events.ApprovalId;
import banking.http.BulkItem;
import banking.http.CommandHeaders;
import banking.http.CommandOperation;
import banking.http.Commands;
import banking.http.GivesCommands;
import banking.http.PlainText;
import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** The second pair of eyes. What becomes of an approved command, the query service tells. */
@Path("/approvals/{approvalId}")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ApprovalResource implements GivesCommands {

    private static final String ID = "approvalId";

    private final Commands commands;
    private final Clock clock = Clock.systemUTC();

    ApprovalResource(Commands commands) {
        this.commands = commands;
    }

    @Schema(name = "ApprovalRefusal")
    record Refusal(
            @NotBlank
                    @Size(max = PlainText.MAX_REFERENCE_CHARACTERS)
                    @PlainText
                    @Schema(examples = "Call the customer first")
                    @Nullable String reason) {}

    @Override
    public List<CommandOperation<?>> operations() {
        return List.of(
                CommandOperation.of(
                        "grantApproval",
                        (item, _) -> grantApproval(approval(item), item.headers()),
                        ID),
                CommandOperation.of(
                        "refuseApproval",
                        Refusal.class,
                        (item, body) -> refuseApproval(approval(item), body, item.headers()),
                        ID));
    }

    private static ApprovalId approval(BulkItem item) {
        return item.id(ID, ApprovalId::fromString);
    }

    @POST
    @Path("approval")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Approve what another has asked for; it is done a moment later")
    @APIResponseSchema(
            value = ApprovalAnswer.class,
            responseCode = "200",
            responseDescription = "Approved")
    public CompletionStage<Response> grantApproval(
            @PathParam(ID) ApprovalId id, @BeanParam CommandHeaders headers) {
        var command = new GrantApproval(headers.actor(), clock.instant());
        return execute(id, command, headers, "POST approval", null);
    }

    @POST
    @Path("refusal")
    @Operation(summary = "Refuse what another has asked for")
    @APIResponseSchema(
            value = ApprovalAnswer.class,
            responseCode = "200",
            responseDescription = "Refused")
    public CompletionStage<Response> refuseApproval(
            @PathParam(ID) ApprovalId id,
            @Valid @NotNull Refusal body,
            @BeanParam CommandHeaders headers) {
        var command =
                new RefuseApproval(headers.actor(), requireNonNull(body.reason()), clock.instant());
        return execute(id, command, headers, "POST refusal", body);
    }

    private CompletionStage<Response> execute(
            ApprovalId id,
            ApprovalCommand command,
            CommandHeaders headers,
            String what,
            @Nullable Object body) {
        return commands.execute(
                APPROVAL,
                id,
                command,
                headers,
                what + " of /approvals/" + id,
                body,
                Commands.state(Response.Status.OK));
    }
}
