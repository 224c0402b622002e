package banking.transfer;

import static banking.account.AccountType.ACCOUNT;

import banking.account.AccountCommand.RequestTransfer;
import banking.account.AccountLimits;
import banking.events.AccountId;
import banking.events.TransferId;
import banking.http.CommandHeaders;
import banking.http.CommandOperation;
import banking.http.Commands;
import banking.http.ExactMoney;
import banking.http.GivesCommands;
import banking.http.PlainText;
import banking.http.ProblemCode;
import banking.http.Problems;
import banking.http.QueryService;
import banking.policy.Policies;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** Transfers are asked of their source; what becomes of them, the query service tells. */
@Path("/accounts/{accountId}/transfers")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class TransferResource implements GivesCommands {

    private static final String ID = "accountId";

    private final Commands commands;
    private final QueryService queries;
    private final Policies policies;
    private final AccountLimits limits;

    TransferResource(
            Commands commands, QueryService queries, Policies policies, AccountLimits limits) {
        this.limits = limits;
        this.commands = commands;
        this.queries = queries;
        this.policies = policies;
    }

    /**
     * @param to the id of the account that gets the money
     */
    @ExactMoney
    record Transfer(
            @NotNull
                    @Pattern(regexp = PlainText.UUID, message = PlainText.UUID_MESSAGE)
                    @Schema(examples = "01890a5d-ac96-774b-bcce-b302099a8057")
                    String to,
            @Schema(examples = "12.34") @Nullable String amount,
            @Schema(examples = "EUR") @Nullable String currency,
            @Size(max = PlainText.MAX_REFERENCE_CHARACTERS) @PlainText @Schema(examples = "rent")
                    @Nullable String reference)
            implements ExactMoney.AmountBody {}

    @RegisterForReflection // The framework sees only a Response.
    record TransferAnswer(String transferId) {}

    @Override
    public List<CommandOperation<?>> operations() {
        return List.of(
                CommandOperation.of(
                        "requestTransfer",
                        Transfer.class,
                        (item, body) ->
                                requestTransfer(
                                        item.id(ID, AccountId::fromString), body, item.headers()),
                        ID));
    }

    @POST
    @Operation(summary = "Transfer money to another account")
    @APIResponseSchema(
            value = TransferAnswer.class,
            responseCode = "202",
            responseDescription =
                    "The account is debited; Location tells whether the other one took the money,"
                            + " ETag is the version of the account")
    public CompletionStage<Response> requestTransfer(
            @PathParam(ID) AccountId from,
            @Valid @NotNull Transfer body,
            @BeanParam CommandHeaders headers) {
        if (policies.isFull(TransferPolicy.TRANSFERS)) {
            // Where ends come later than beginnings, money would be in transit for ever longer.
            throw Problems.of(
                    ProblemCode.OVERLOADED, "Too many transfers are under way; nothing was done.");
        }
        var to = AccountId.fromString(body.to());
        return commands.executeNamed(
                ACCOUNT,
                from,
                command ->
                        new RequestTransfer(
                                new TransferId(command.value()),
                                from,
                                to,
                                body.money(),
                                body.reference(),
                                limits.of(body.money())),
                headers,
                "POST transfers of /accounts/" + from,
                body,
                done ->
                        Response.accepted(new TransferAnswer(done.commandId().toString()))
                                .header(
                                        "Location",
                                        queries.location(
                                                "/transfers/" + done.commandId() + "?from=" + from,
                                                done.version())));
    }
}
