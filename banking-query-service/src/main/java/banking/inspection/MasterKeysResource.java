package banking.inspection;

import banking.http.Reasons;
import banking.projection.CustomerKeys;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Pattern;
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
@Path("/projections/keys")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class MasterKeysResource {

    private final CustomerKeys keys;
    private final Reasons reasons;

    MasterKeysResource(CustomerKeys keys, Reasons reasons) {
        this.keys = keys;
        this.reasons = reasons;
    }

    /**
     * @param wrapped how many customers' keys were, by this request
     * @param left how many there are that the newest master key has not wrapped
     */
    record WrapAnswer(long wrapped, long left) {}

    @POST
    @Path("wrapping")
    @Operation(
            summary = "Wrap the customers' keys here with the newest master key",
            description =
                    "Once the command service has none left, and has published them so. For a few"
                            + " seconds at the most: ask again until none is left.")
    @APIResponse(responseCode = "200", description = "How many were, and how many are left")
    public WrapAnswer wrapKeys(
            @QueryParam("because")
                    @Parameter(description = Reasons.WHY)
                    @Size(max = Reasons.LONGEST)
                    @Pattern(regexp = "[^\\x00-\\x1F\\x7F]*")
                    @Nullable String because)
            throws SQLException {
        reasons.say(because);
        var progress = keys.wrapAgain();
        return new WrapAnswer(progress.wrapped(), progress.left());
    }
}
