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
import banking.http.BulkItem;
import banking.http.CommandHeaders;
import banking.http.CommandOperation;
import banking.http.Commands;
import banking.http.GivesCommands;
import io.quarkus.security.Authenticated;
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
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** The commands on accounts. Every answer is sent after the commit, and is the account's state. */
@Path("/accounts")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AccountResource implements GivesCommands {

    private static final String ID = "accountId";

    private final Commands commands;
    private final AccountLimits limits;

    AccountResource(Commands commands, AccountLimits limits) {
        this.limits = limits;
        this.commands = commands;
    }

    @Override
    public List<CommandOperation<?>> operations() {
        return List.of(
                CommandOperation.of(
                        "openAccount",
                        Opening.class,
                        (item, body) -> openAccount(body, item.headers())),
                CommandOperation.of(
                        "depositMoney",
                        Movement.class,
                        (item, body) -> depositMoney(account(item), body, item.headers()),
                        ID),
                CommandOperation.of(
                        "withdrawMoney",
                        Movement.class,
                        (item, body) -> withdrawMoney(account(item), body, item.headers()),
                        ID),
                CommandOperation.of(
                        "freezeAccount",
                        Freeze.class,
                        (item, body) -> freezeAccount(account(item), body, item.headers()),
                        ID),
                CommandOperation.of(
                        "unfreezeAccount",
                        (item, _) -> unfreezeAccount(account(item), item.headers()),
                        ID),
                CommandOperation.of(
                        "changeOverdraftLimit",
                        Limit.class,
                        (item, body) -> changeOverdraftLimit(account(item), body, item.headers()),
                        ID),
                CommandOperation.of(
                        "closeAccount",
                        (item, _) -> closeAccount(account(item), item.headers()),
                        ID));
    }

    private static AccountId account(BulkItem item) {
        return item.id(ID, AccountId::fromString);
    }

    @POST
    @Operation(summary = "Open an account")
    @APIResponseSchema(
            value = AccountAnswer.class,
            responseCode = "201",
            responseDescription = "Opened; Location tells where it can be read")
    public CompletionStage<Response> openAccount(
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
    @Path("{accountId}/deposits")
    @Operation(summary = "Deposit money")
    @APIResponseSchema(
            value = AccountAnswer.class,
            responseCode = "201",
            responseDescription = "Deposited")
    public CompletionStage<Response> depositMoney(
            @PathParam(ID) AccountId id,
            @Valid @NotNull Movement body,
            @BeanParam CommandHeaders headers) {
        var command = new DepositMoney(body.money(), body.reference());
        return execute(id, command, headers, "POST deposits", body, CREATED);
    }

    @POST
    @Path("{accountId}/withdrawals")
    @Operation(summary = "Withdraw money")
    @APIResponseSchema(
            value = AccountAnswer.class,
            responseCode = "201",
            responseDescription = "Withdrawn")
    public CompletionStage<Response> withdrawMoney(
            @PathParam(ID) AccountId id,
            @Valid @NotNull Movement body,
            @BeanParam CommandHeaders headers) {
        var amount = body.money();
        var command = new WithdrawMoney(amount, body.reference(), limits.of(amount));
        return execute(id, command, headers, "POST withdrawals", body, CREATED);
    }

    @POST
    @Path("{accountId}/freeze")
    @Operation(summary = "Freeze the account: no money moves until it is unfrozen")
    @APIResponseSchema(
            value = AccountAnswer.class,
            responseCode = "200",
            responseDescription = "Frozen")
    public CompletionStage<Response> freezeAccount(
            @PathParam(ID) AccountId id,
            @RequestBody(required = false) @Valid @Nullable Freeze body,
            @BeanParam CommandHeaders headers) {
        var command = new FreezeAccount(body == null ? null : body.reason());
        return execute(id, command, headers, "POST freeze", body, Response.Status.OK);
    }

    @POST
    @Path("{accountId}/unfreeze")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Unfreeze the account")
    @APIResponseSchema(
            value = AccountAnswer.class,
            responseCode = "200",
            responseDescription = "Unfrozen")
    public CompletionStage<Response> unfreezeAccount(
            @PathParam(ID) AccountId id, @BeanParam CommandHeaders headers) {
        return execute(
                id, new UnfreezeAccount(), headers, "POST unfreeze", null, Response.Status.OK);
    }

    @PUT
    @Path("{accountId}/overdraft-limit")
    @Operation(summary = "Set how far below zero the balance may go")
    @APIResponseSchema(
            value = AccountAnswer.class,
            responseCode = "200",
            responseDescription = "Set")
    public CompletionStage<Response> changeOverdraftLimit(
            @PathParam(ID) AccountId id,
            @Valid @NotNull Limit body,
            @BeanParam CommandHeaders headers) {
        var command = new ChangeOverdraftLimit(body.money());
        return execute(id, command, headers, "PUT overdraft-limit", body, Response.Status.OK);
    }

    @DELETE
    @Path("{accountId}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Close the account, whose balance must be zero")
    @APIResponseSchema(
            value = AccountAnswer.class,
            responseCode = "200",
            responseDescription = "Closed")
    public CompletionStage<Response> closeAccount(
            @PathParam(ID) AccountId id, @BeanParam CommandHeaders headers) {
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
