package banking.company;

import static banking.company.CompanyType.COMPANY;
import static java.util.Objects.requireNonNull;

import banking.company.CompanyCommand.RegisterCompany;
import banking.events.EmailDomain;
import banking.http.CommandHeaders;
import banking.http.CommandOperation;
import banking.http.Commands;
import banking.http.GivesCommands;
import banking.http.MailDomain;
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

/** The commands on companies. Every answer is sent after the commit. */
@Path("/companies")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class CompanyResource implements GivesCommands {

    static final int MAX_NAME_CHARACTERS = 100;

    private final Commands commands;

    CompanyResource(Commands commands) {
        this.commands = commands;
    }

    @Schema(name = "CompanyRegistration")
    record Registration(
            @NotBlank
                    @Size(max = MAX_NAME_CHARACTERS)
                    @PlainText(name = true)
                    @Schema(examples = "Example Ltd")
                    @Nullable String name,
            @MailDomain @Schema(examples = "example.com") @Nullable String emailDomain) {}

    @Override
    public List<CommandOperation<?>> operations() {
        return List.of(
                CommandOperation.of(
                        "registerCompany",
                        Registration.class,
                        (item, body) -> registerCompany(body, item.headers())));
    }

    @POST
    @Operation(summary = "Register the company of an e-mail domain; its customers count already")
    @APIResponseSchema(
            value = CompanyAnswer.class,
            responseCode = "201",
            responseDescription = "Registered; Location tells where it can be read")
    public CompletionStage<Response> registerCompany(
            @Valid @NotNull Registration body, @BeanParam CommandHeaders headers) {
        var domain = new EmailDomain(requireNonNull(body.emailDomain()));
        return commands.execute(
                COMPANY,
                CompanyType.id(domain),
                new RegisterCompany(requireNonNull(body.name()).strip(), domain),
                headers,
                "POST /companies",
                body,
                commands.created("/companies"));
    }
}
