package banking.account;

import static banking.account.AccountType.ACCOUNT;
import static jakarta.ws.rs.core.Response.Status.CREATED;
import static java.util.Objects.requireNonNull;

import banking.account.AccountBodies.Freeze;
import banking.account.AccountBodies.Limit;
import banking.account.AccountBodies.Movement;
import banking.account.AccountBodies.Opening;
import banking.account.AccountCommand.ChangeOverdraftLimit;
import banking.account.AccountCommand.CloseAccount;
import banking.account.AccountCommand.DepositMoney;
import banking.account.AccountCommand.FreezeAccount;
import banking.account.AccountCommand.OpenAccount;
import banking.account.AccountCommand.UnfreezeAccount;
import banking.account.AccountCommand.WithdrawMoney;
import banking.events.AccountId;
import banking.events.CustomerId;
import banking.http.CommandHeaders;
import banking.http.Commands;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The commands on accounts. Every answer is sent after the commit, and is the account's state. */
@Path("/accounts")
@RolesAllowed("teller")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AccountResource {

    private final Commands commands;

    AccountResource(Commands commands) {
        this.commands = commands;
    }

    @POST
    @Operation(summary = "Open an account")
    @APIResponse(
            responseCode = "201",
            description = "Opened; Location tells where it can be read",
            content = @Content(schema = @Schema(implementation = AccountAnswer.class)))
    public CompletionStage<Response> open(
            @Valid @NotNull Opening body, @BeanParam CommandHeaders headers) {
        var first = body.money();
        var command =
                new OpenAccount(
                        requireNonNull(body.owner()).strip(),
                        first.currency(),
                        body.customerId() == null ? null : CustomerId.fromString(body.customerId()),
                        first.minorUnits() == 0 ? null : first);
        return commands.execute(
                ACCOUNT,
                new AccountId(commands.newId()),
                command,
                headers,
                "POST /accounts",
                body,
                commands.created("/accounts"));
    }

    @POST
    @Path("{id}/deposits")
    @Operation(summary = "Deposit money")
    @APIResponse(
            responseCode = "201",
            description = "Deposited",
            content = @Content(schema = @Schema(implementation = AccountAnswer.class)))
    @APIResponse(
            responseCode = "422",
            description =
                    "currency-mismatch, account-frozen, account-closed, balance-out-of-bounds")
    public CompletionStage<Response> deposit(
            @PathParam("id") AccountId id,
            @Valid @NotNull Movement body,
            @BeanParam CommandHeaders headers) {
        var command = new DepositMoney(body.money(), body.reference());
        return execute(id, command, headers, "POST deposits", body, CREATED);
    }

    @POST
    @Path("{id}/withdrawals")
    @Operation(summary = "Withdraw money")
    @APIResponse(
            responseCode = "201",
            description = "Withdrawn",
            content = @Content(schema = @Schema(implementation = AccountAnswer.class)))
    @APIResponse(
            responseCode = "422",
            description = "insufficient-funds, currency-mismatch, account-frozen, account-closed")
    public CompletionStage<Response> withdraw(
            @PathParam("id") AccountId id,
            @Valid @NotNull Movement body,
            @BeanParam CommandHeaders headers) {
        var command = new WithdrawMoney(body.money(), body.reference());
        return execute(id, command, headers, "POST withdrawals", body, CREATED);
    }

    @POST
    @Path("{id}/freeze")
    @Operation(summary = "Freeze the account: no money moves until it is unfrozen")
    @APIResponse(
            responseCode = "200",
            description = "Frozen",
            content = @Content(schema = @Schema(implementation = AccountAnswer.class)))
    @APIResponse(responseCode = "422", description = "account-frozen, account-closed")
    public CompletionStage<Response> freeze(
            @PathParam("id") AccountId id,
            @RequestBody(required = false) @Valid @Nullable Freeze body,
            @BeanParam CommandHeaders headers) {
        var command = new FreezeAccount(body == null ? null : body.reason());
        return execute(id, command, headers, "POST freeze", body, Response.Status.OK);
    }

    @POST
    @Path("{id}/unfreeze")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Unfreeze the account")
    @APIResponse(
            responseCode = "200",
            description = "Unfrozen",
            content = @Content(schema = @Schema(implementation = AccountAnswer.class)))
    @APIResponse(responseCode = "422", description = "account-not-frozen, account-closed")
    public CompletionStage<Response> unfreeze(
            @PathParam("id") AccountId id, @BeanParam CommandHeaders headers) {
        return execute(
                id, new UnfreezeAccount(), headers, "POST unfreeze", null, Response.Status.OK);
    }

    @PUT
    @Path("{id}/overdraft-limit")
    @Operation(summary = "Set how far below zero the balance may go")
    @APIResponse(
            responseCode = "200",
            description = "Set",
            content = @Content(schema = @Schema(implementation = AccountAnswer.class)))
    @APIResponse(
            responseCode = "422",
            description = "overdraft-in-use, currency-mismatch, account-frozen, account-closed")
    public CompletionStage<Response> changeOverdraftLimit(
            @PathParam("id") AccountId id,
            @Valid @NotNull Limit body,
            @BeanParam CommandHeaders headers) {
        var command = new ChangeOverdraftLimit(body.money());
        return execute(id, command, headers, "PUT overdraft-limit", body, Response.Status.OK);
    }

    @DELETE
    @Path("{id}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Close the account, whose balance must be zero")
    @APIResponse(
            responseCode = "200",
            description = "Closed",
            content = @Content(schema = @Schema(implementation = AccountAnswer.class)))
    @APIResponse(
            responseCode = "422",
            description = "balance-not-zero, account-frozen, account-closed")
    public CompletionStage<Response> close(
            @PathParam("id") AccountId id, @BeanParam CommandHeaders headers) {
        return execute(id, new CloseAccount(), headers, "DELETE", null, Response.Status.OK);
    }

    private CompletionStage<Response> execute(
            AccountId id,
            AccountCommand command,
            CommandHeaders headers,
            String what,
            @Nullable Object body,
            Response.Status success) {
        return commands.execute(
                ACCOUNT,
                id,
                command,
                headers,
                what + " of /accounts/" + id,
                body,
                Commands.state(success));
    }
}
