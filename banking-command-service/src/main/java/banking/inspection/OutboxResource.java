package banking.inspection;

import banking.aggregate.Refusal;
import banking.http.Commands;
import banking.http.PlainText;
import banking.http.ProblemCode;
import banking.http.Problems;
import banking.http.Reasons;
import banking.journal.JournalReader;
import banking.outbox.OutboxStatus;
import banking.outbox.OutboxWatch;
import banking.outbox.RefusedStream;
import banking.outbox.Republication;
import banking.outbox.Republication.Place;
import banking.outbox.Republication.Progress;
import banking.outbox.Republication.Selection;
import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What waits to be published, for operators and auditors. */
@Path("/outbox")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class OutboxResource {

    private static final int MAX_PAGE = 1000;
    private static final String PLACE = PlainText.UUID + ":[0-9]{1,18}";

    private final OutboxStatus status;
    private final OutboxWatch watch;
    private final Republication republication;
    private final JournalReader journal;
    private final Reasons reasons;

    OutboxResource(
            OutboxStatus status,
            OutboxWatch watch,
            Republication republication,
            JournalReader journal,
            Reasons reasons) {
        this.status = status;
        this.watch = watch;
        this.republication = republication;
        this.journal = journal;
        this.reasons = reasons;
    }

    /**
     * @param unpublished with those of refused streams
     * @param oldestAgeSeconds for how long the oldest event has waited that is not refused; null
     *     where there is none
     * @param failure why nothing is published; null where something is, or nothing waits
     * @param shards those that have events which are not refused
     * @param refused what Kafka does not take, and what to do about it
     */
    public record OutboxAnswer(
            long unpublished,
            @Nullable Double oldestAgeSeconds,
            @Nullable String failure,
            List<ShardAnswer> shards,
            List<OutboxStatus.Refused> refused) {}

    /**
     * @param oldestAgeSeconds for how long its oldest unpublished event has waited
     */
    public record ShardAnswer(int shard, long unpublished, double oldestAgeSeconds) {

        static ShardAnswer of(OutboxStatus.Shard shard) {
            return new ShardAnswer(shard.shard(), shard.unpublished(), shard.oldestAgeSeconds());
        }
    }

    /**
     * @param next what to ask for with {@code after} next; absent on the last page
     */
    public record RefusedPage(List<RefusedStream> refused, @Nullable String next) {}

    /**
     * What is to be published again; nothing for all there is.
     *
     * @param from when it happened at the earliest
     * @param to before when it happened
     * @param after where an answer said that it goes on
     */
    public record Again(
            @Pattern(regexp = PlainText.UUID, message = PlainText.UUID_MESSAGE)
                    @Schema(examples = "01890a5d-ac96-774b-bcce-b302099a8057")
                    @Nullable String streamId,
            @Schema(examples = "2026-01-01T00:00:00Z") @Nullable Instant from,
            @Schema(examples = "2026-02-01T00:00:00Z") @Nullable Instant to,
            @Pattern(regexp = PLACE, message = "is what an answer gave as next")
                    @Schema(examples = "01890a5d-ac96-774b-bcce-b302099a8057:17")
                    @Nullable String after) {

        Selection selection() {
            return new Selection(streamId == null ? null : Commands.id(streamId), from, to);
        }
    }

    /**
     * @param events how many are published again now
     * @param next what to give as {@code after}; absent at the end
     */
    public record AgainAnswer(long events, @Nullable String next) {

        static AgainAnswer of(Progress progress) {
            var next = progress.next();
            return new AgainAnswer(progress.events(), next == null ? null : next.toString());
        }
    }

    @GET
    @Operation(summary = "How many committed events are not known to be published, and why")
    public OutboxAnswer outbox() throws SQLException {
        var figures = status.look();
        return new OutboxAnswer(
                figures.unpublished(),
                figures.shards().isEmpty() ? null : figures.oldestAgeSeconds(),
                watch.failure(),
                figures.shards().stream().map(ShardAnswer::of).toList(),
                figures.refused());
    }

    @GET
    @Path("refused")
    @Operation(
            summary = "The streams whose next event Kafka does not take, in the order of the ids")
    public RefusedPage refusedStreams(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(MAX_PAGE) int limit) {
        var page = status.refused(after == null ? null : Commands.id(after), limit);
        return new RefusedPage(page, page.size() < limit ? null : page.getLast().streamId());
    }

    @POST
    @Path("again")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Publish a stream, what happened in a time, or all there is again",
            description =
                    "Out of the journal, behind what waits already, for a few seconds at the most:"
                            + " as long as the answer has next, it is to be asked again with that"
                            + " as after. Consumers skip what they know.")
    @APIResponse(responseCode = "200", description = "How many events are published again")
    public AgainAnswer publishAgain(
            @QueryParam("because")
                    @Parameter(description = Reasons.WHY)
                    @Size(max = Reasons.LONGEST)
                    @PlainText
                    @Nullable String because,
            @NotNull @Valid Again body)
            throws SQLException, InterruptedException {
        reasons.say(because);
        var selection = body.selection();
        var stream = selection.stream();
        if (stream != null && journal.events(stream, 0, 1).isEmpty()) {
            throw Problems.of(Refusal.notFound("stream"), "There is no such stream.");
        }
        var after = body.after();
        return republication
                .publish(selection, after == null ? null : Place.parse(after))
                .map(AgainAnswer::of)
                .orElseThrow(
                        () ->
                                Problems.of(
                                        ProblemCode.OVERLOADED,
                                        "New events wait to be published; GET /outbox says why."));
    }
}
