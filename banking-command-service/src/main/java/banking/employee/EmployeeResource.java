package banking.employee;

import static banking.employee.EmployeeType.EMPLOYEE;
import static java.util.Objects.requireNonNull;

import banking.employee.EmployeeCommand.RegisterEmployee;
import banking.events.EmailAddress;
import banking.events.EmployeeId;
import banking.http.CommandHeaders;
import banking.http.CommandOperation;
import banking.http.Commands;
import banking.http.GivesCommands;
import banking.http.Mailbox;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jspecify.annotations.Nullable;

/** The commands on employees. Every answer is sent after the commit. */
@Path("/employees")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class EmployeeResource implements GivesCommands {

    static final int MAX_NAME_CHARACTERS = 100;

    private final Commands commands;

    EmployeeResource(Commands commands) {
        this.commands = commands;
    }

    @Schema(name = "EmployeeRegistration")
    record Registration(
            @NotBlank
                    @Size(max = MAX_NAME_CHARACTERS)
                    @PlainText(name = true)
                    @Schema(examples = "Erin")
                    @Nullable String name,
            @Mailbox @Schema(examples = "erin@bank.example") @Nullable String email) {}

    @Override
    public List<CommandOperation<?>> operations() {
        return List.of(
                CommandOperation.of(
                        "registerEmployee",
                        Registration.class,
                        (item, body) -> registerEmployee(body, item.headers())));
    }

    @POST
    @Operation(summary = "Register an employee, to whom tasks can be assigned")
    @APIResponseSchema(
            value = EmployeeAnswer.class,
            responseCode = "201",
            responseDescription = "Registered; Location tells where it can be read")
    public CompletionStage<Response> registerEmployee(
            @Valid @NotNull Registration body, @BeanParam CommandHeaders headers) {
        var command =
                new RegisterEmployee(
                        requireNonNull(body.name()).strip(),
                        new EmailAddress(requireNonNull(body.email())));
        return commands.execute(
                EMPLOYEE,
                new EmployeeId(commands.newId()),
                command,
                headers,
                "POST /employees",
                body,
                commands.created("/employees"));
    }
}
