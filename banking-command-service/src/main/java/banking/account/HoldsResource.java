package banking.account;

import static banking.account.AccountType.ACCOUNT;

import banking.account.AccountBodies.Capture;
import banking.account.AccountBodies.Hold;
import banking.account.AccountCommand.CaptureHold;
import banking.account.AccountCommand.PlaceHold;
import banking.account.AccountCommand.ReleaseHold;
import banking.events.AccountId;
import banking.events.HoldId;
import banking.http.BulkItem;
import banking.http.CommandHeaders;
import banking.http.CommandOperation;
import banking.http.Commands;
import banking.http.GivesCommands;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** Money that is set aside until it is captured, released, or its time is over. */
@Path("/accounts/{accountId}/holds")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class HoldsResource implements GivesCommands {

    private static final String ID = "accountId";
    private static final String HOLD_ID = "holdId";

    private final Commands commands;
    private final AccountLimits limits;
    private final Clock clock = Clock.systemUTC();

    HoldsResource(Commands commands, AccountLimits limits) {
        this.limits = limits;
        this.commands = commands;
    }

    @RegisterForReflection // The framework sees only a Response.
    record HoldAnswer(String holdId) {}

    @Override
    public List<CommandOperation<?>> operations() {
        return List.of(
                CommandOperation.of(
                        "placeHold",
                        Hold.class,
                        (item, body) -> placeHold(account(item), body, item.headers()),
                        ID),
                CommandOperation.of(
                        "captureHold",
                        Capture.class,
                        (item, body) ->
                                captureHold(account(item), hold(item), body, item.headers()),
                        ID,
                        HOLD_ID),
                CommandOperation.of(
                        "releaseHold",
                        (item, _) -> releaseHold(account(item), hold(item), item.headers()),
                        ID,
                        HOLD_ID));
    }

    private static AccountId account(BulkItem item) {
        return item.id(ID, AccountId::fromString);
    }

    private static HoldId hold(BulkItem item) {
        return item.id(HOLD_ID, HoldId::fromString);
    }

    @POST
    @Operation(summary = "Set money aside")
    @APIResponseSchema(
            value = HoldAnswer.class,
            responseCode = "201",
            responseDescription = "Held until it expires; ETag is the version of the account")
    public CompletionStage<Response> placeHold(
            @PathParam(ID) AccountId id,
            @Valid @NotNull Hold body,
            @BeanParam CommandHeaders headers) {
        return commands.executeNamed(
                ACCOUNT,
                id,
                command ->
                        new PlaceHold(
                                new HoldId(command.value()),
                                body.money(),
                                body.expires().truncatedTo(ChronoUnit.MICROS),
                                clock.instant(),
                                body.reference(),
                                limits.of(body.money())),
                headers,
                "POST holds of /accounts/" + id,
                body,
                done ->
                        Response.status(Response.Status.CREATED)
                                .entity(new HoldAnswer(done.commandId().toString())));
    }

    @POST
    @Path("{holdId}/capture")
    @Operation(summary = "Take held money out of the account, all of it where no amount is named")
    @APIResponseSchema(
            value = AccountAnswer.class,
            responseCode = "200",
            responseDescription = "Captured; what was held beyond the amount is available again")
    public CompletionStage<Response> captureHold(
            @PathParam(ID) AccountId id,
            @PathParam(HOLD_ID) HoldId hold,
            @RequestBody(required = false) @Valid @Nullable Capture body,
            @BeanParam CommandHeaders headers) {
        var command = new CaptureHold(hold, body == null ? null : body.money(), clock.instant());
        return execute(id, command, headers, "POST capture of hold " + hold, body);
    }

    @POST
    @Path("{holdId}/release")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Make held money available again")
    @APIResponseSchema(
            value = AccountAnswer.class,
            responseCode = "200",
            responseDescription = "Released")
    public CompletionStage<Response> releaseHold(
            @PathParam(ID) AccountId id,
            @PathParam(HOLD_ID) HoldId hold,
            @BeanParam CommandHeaders headers) {
        var command = new ReleaseHold(hold);
        return execute(id, command, headers, "POST release of hold " + hold, null);
    }

    private CompletionStage<Response> execute(
            AccountId id,
            AccountCommand command,
            CommandHeaders headers,
            String what,
            @Nullable Object body) {
        return commands.execute(
                ACCOUNT,
                id,
                command,
                headers,
                what + " of /accounts/" + id,
                body,
                Commands.state(Response.Status.OK));
    }
}
