package banking.http;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;
import static java.util.Locale.ROOT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Many commands in one request, each for itself: what becomes of one is nothing to the others. */
@Path(BulkBounds.PATH)
@Authenticated
@RunOnVirtualThread
public class BulkResource {

    private static final String DRY_RUN = "dryRun";

    private final BulkBounds bounds;
    private final BulkCommands commands;
    private final ObjectMapper json;

    BulkResource(BulkBounds bounds, BulkCommands commands, ObjectMapper json) {
        this.bounds = bounds;
        this.commands = commands;
        this.json = json;
    }

    @POST
    @Consumes({APPLICATION_JSON, BulkReader.LINES})
    @Produces({APPLICATION_JSON, BulkReader.LINES})
    @Operation(
            summary = "Give many commands, each for itself",
            description =
                    "Up to 1,000, as a JSON array or as JSON Lines. Each is decided as if it had come"
                            + " alone, and answered in its place with what its own operation answers;"
                            + " those for one aggregate are decided in their order. What is not"
                            + " answered is settled by the same keys again.")
    @APIResponseSchema(
            value = BulkAnswer[].class,
            responseCode = "200",
            responseDescription = "What became of each, in their order")
    public Response giveCommands(
            @Valid @NotNull BulkBody body,
            @QueryParam(DRY_RUN)
                    @DefaultValue("false")
                    @Pattern(regexp = "true|false", message = "must be true or false")
                    @Parameter(
                            description =
                                    "Only tells what would become of the commands, one after the"
                                            + " other, as all stands now; nothing is changed")
                    String dryRun,
            @Context HttpHeaders headers,
            @Context RoutingContext request) {
        refuseHeadersOfOneCommand(headers);
        refuseToGuess(request);
        bounds.count(body.commands().size(), request);
        var answers =
                commands.give(
                        body.commands(), Boolean.parseBoolean(dryRun), "giveCommands", request);
        return isToBeLines(headers)
                ? Response.ok(lines(answers), BulkReader.LINES).build()
                : Response.ok(answers, APPLICATION_JSON).build();
    }

    /** A key names one command, and a version is one aggregate's. */
    private static void refuseHeadersOfOneCommand(HttpHeaders headers) {
        for (var name : List.of("Idempotency-Key", "If-Match")) {
            if (headers.getHeaderString(name) != null) {
                throw Problems.malformed("Each command has its own " + name + ".");
            }
        }
    }

    /** For JAX-RS a parameter without a value is none, and all would be done. */
    private static void refuseToGuess(RoutingContext request) {
        if (request.queryParam(DRY_RUN).contains("")) {
            throw Problems.malformed(DRY_RUN + " must be true or false.");
        }
    }

    /** In the form in which the commands came, where the caller does not say otherwise. */
    private static boolean isToBeLines(HttpHeaders headers) {
        var accepted =
                String.valueOf(headers.getHeaderString(HttpHeaders.ACCEPT)).toLowerCase(ROOT);
        var lines = accepted.contains(BulkReader.LINES);
        return lines == accepted.contains(APPLICATION_JSON)
                ? BulkReader.isLines(headers.getMediaType())
                : lines;
    }

    private byte[] lines(List<BulkAnswer> answers) {
        var lines = new ByteArrayOutputStream();
        try {
            for (var answer : answers) {
                lines.writeBytes(json.writeValueAsBytes(answer));
                lines.write('\n');
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written", e);
        }
        return lines.toByteArray();
    }
}
