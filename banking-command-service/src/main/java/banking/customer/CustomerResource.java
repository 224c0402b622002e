package banking.customer;

import static banking.customer.CustomerType.CUSTOMER;
import static java.util.Objects.requireNonNull;

import banking.customer.CustomerBodies.EmailChange;
import banking.customer.CustomerBodies.Registration;
import banking.customer.CustomerCommand.ChangeEmail;
import banking.customer.CustomerCommand.EraseCustomer;
import banking.customer.CustomerCommand.RegisterCustomer;
import banking.events.CustomerId;
import banking.events.EmailAddress;
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

/** The commands on customers. Every answer is sent after the commit. */
@Path("/customers")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class CustomerResource implements GivesCommands {

    private static final String ID = "customerId";

    private final Commands commands;

    CustomerResource(Commands commands) {
        this.commands = commands;
    }

    @Override
    public List<CommandOperation<?>> operations() {
        return List.of(
                CommandOperation.of(
                        "registerCustomer",
                        Registration.class,
                        (item, body) -> registerCustomer(body, item.headers())),
                CommandOperation.of(
                        "changeEmail",
                        EmailChange.class,
                        (item, body) -> changeEmail(customer(item), body, item.headers()),
                        ID),
                CommandOperation.of(
                        "eraseCustomer",
                        (item, _) -> eraseCustomer(customer(item), item.headers()),
                        ID));
    }

    private static CustomerId customer(BulkItem item) {
        return item.id(ID, CustomerId::fromString);
    }

    @POST
    @Operation(summary = "Register a customer, whose e-mail address nobody else has")
    @APIResponseSchema(
            value = CustomerAnswer.class,
            responseCode = "201",
            responseDescription = "Registered; Location tells where it can be read")
    public CompletionStage<Response> registerCustomer(
            @Valid @NotNull Registration body, @BeanParam CommandHeaders headers) {
        var command =
                new RegisterCustomer(
                        requireNonNull(body.name()).strip(),
                        new EmailAddress(requireNonNull(body.email())));
        return commands.execute(
                CUSTOMER,
                new CustomerId(commands.newId()),
                command,
                headers,
                "POST /customers",
                body,
                commands.created("/customers"));
    }

    @PUT
    @Path("{customerId}/email")
    @Operation(summary = "Change the customer's e-mail address")
    @APIResponseSchema(
            value = CustomerAnswer.class,
            responseCode = "200",
            responseDescription = "Changed, or the same as before")
    public CompletionStage<Response> changeEmail(
            @PathParam(ID) CustomerId id,
            @Valid @NotNull EmailChange body,
            @BeanParam CommandHeaders headers) {
        return commands.execute(
                CUSTOMER,
                id,
                new ChangeEmail(new EmailAddress(requireNonNull(body.email()))),
                headers,
                "PUT email of /customers/" + id,
                body,
                Commands.state(Response.Status.OK));
    }

    @POST
    @Path("{customerId}/erasure")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Erase the customer's name and addresses for good",
            description = "All accounts must be closed. What was booked stays.")
    @APIResponseSchema(
            value = CustomerAnswer.class,
            responseCode = "200",
            responseDescription = "Erased, or was before")
    public CompletionStage<Response> eraseCustomer(
            @PathParam(ID) CustomerId id, @BeanParam CommandHeaders headers) {
        return commands.execute(
                CUSTOMER,
                id,
                new EraseCustomer(),
                headers,
                "POST erasure of /customers/" + id,
                null,
                Commands.state(Response.Status.OK));
    }
}
