package banking.inspection;

import banking.http.PlainText;
import banking.http.Reasons;
import banking.journal.LostEvents.Lost;
import banking.pipeline.CommandPipeline;
import banking.pipeline.Recovery;
import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What the topics have and the journal has lost, for operators and auditors. */
@Path("/streams/recovery")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class RecoveryResource {

    private static final int MOST = 1000;
    private static final String EVENT = PlainText.UUID + ":[0-9]{1,18}";

    private final Recovery recovery;
    private final CommandPipeline pipeline;
    private final Reasons reasons;

    RecoveryResource(Recovery recovery, CommandPipeline pipeline, Reasons reasons) {
        this.reasons = reasons;
        this.recovery = recovery;
        this.pipeline = pipeline;
    }

    /**
     * An event that was published.
     *
     * @param event its stream and version with a colon between
     * @param different whether the journal has another event in its place
     */
    public record LostEvent(
            String event, String type, Instant occurredAt, String actor, boolean different) {

        static LostEvent of(Lost lost) {
            var event = lost.event().event();
            return new LostEvent(
                    event.id(),
                    event.type(),
                    event.occurredAt(),
                    event.actor(),
                    lost.isDifferent());
        }
    }

    /**
     * @param behind whether this process takes no commands for that
     * @param count how many were found
     * @param complete whether all of the topics was looked at
     * @param first the first of them
     */
    public record LostAnswer(boolean behind, long count, boolean complete, List<LostEvent> first) {}

    /**
     * What is to be given back: all but these.
     *
     * @param passOver events that stay out, since no command has written them
     */
    public record Recover(
            @Size(max = MOST) @Schema(examples = "[\"01890a5d-ac96-774b-bcce-b302099a8057:17\"]")
                    @Nullable
                            List<@Pattern(regexp = EVENT, message = "is the id of an event") String>
                            passOver) {}

    /**
     * @param events how many were given back now
     * @param streams how many have been made anew now
     * @param unfit what does not go on where its stream ends, and keeps the rest waiting
     * @param done whether nothing is left; if not, ask again
     */
    public record RecoverAnswer(long events, long streams, List<LostEvent> unfit, boolean done) {}

    @GET
    @Operation(summary = "What was published and the journal does not have")
    public LostAnswer lostEvents() throws SQLException {
        var look = recovery.look();
        return new LostAnswer(
                pipeline.isBehind(),
                look.count(),
                look.isAll(),
                look.lost().stream().map(LostEvent::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Give the journal back what was published",
            description =
                    "For a database that was put back to an earlier moment. It goes on for a few"
                            + " seconds at the most: as long as the answer is not done, it is to be"
                            + " asked again. Commands are taken once it is.")
    @APIResponse(responseCode = "200", description = "How far it is")
    public RecoverAnswer recoverEvents(
            @QueryParam("because")
                    @Parameter(description = Reasons.WHY)
                    @Size(max = Reasons.LONGEST)
                    @PlainText
                    @Nullable String because,
            @NotNull @Valid Recover body)
            throws SQLException {
        reasons.say(because);
        var passOver = body.passOver();
        var progress = recovery.recover(passOver == null ? Set.of() : Set.copyOf(passOver));
        return new RecoverAnswer(
                progress.events(),
                progress.streams(),
                progress.unfit().stream().map(LostEvent::of).toList(),
                progress.isDone());
    }
}
