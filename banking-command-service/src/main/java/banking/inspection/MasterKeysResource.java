package banking.inspection;

import banking.http.PlainText;
import banking.http.ProblemCode;
import banking.http.Problems;
import banking.http.Reasons;
import banking.outbox.Rewrapping;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What operators do once there is a new master key. */
@Path("/journal/keys")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MasterKeysResource {

    private final Rewrapping rewrapping;
    private final Reasons reasons;

    MasterKeysResource(Rewrapping rewrapping, Reasons reasons) {
        this.rewrapping = rewrapping;
        this.reasons = reasons;
    }

    /**
     * @param wrapped how many customers' keys were, by this request
     * @param left how many there are that the newest master key has not wrapped
     */
    public record WrapAnswer(long wrapped, long left) {}

    @POST
    @Path("wrapping")
    @Operation(
            summary = "Wrap the customers' keys with the newest master key, and publish them so",
            description =
                    "For a few seconds at the most: ask again until none is left, then the other"
                            + " service.")
    @APIResponse(responseCode = "200", description = "How many were, and how many are left")
    public WrapAnswer wrapKeys(
            @QueryParam("because")
                    @Parameter(description = Reasons.WHY)
                    @Size(max = Reasons.LONGEST)
                    @PlainText
                    @Nullable String because)
            throws SQLException, InterruptedException {
        reasons.say(because);
        return rewrapping
                .goOn()
                .map(progress -> new WrapAnswer(progress.wrapped(), progress.left()))
                .orElseThrow(
                        () ->
                                Problems.of(
                                        ProblemCode.OVERLOADED,
                                        "New events wait to be published; GET /outbox says why."));
    }
}
