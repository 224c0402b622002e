package banking.inspection;

import banking.database.Reads;
import banking.database.Transactions;
import banking.events.StreamId;
import banking.figures.Figures.Snapshot;
import banking.health.LogEnds;
import banking.health.Stored;
import banking.health.Watch;
import banking.http.Problems;
import banking.http.Reasons;
import banking.http.Refusal;
import banking.paging.Page;
import banking.projection.Heads;
import banking.projection.Projection;
import banking.projection.Projections;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What operators see and do: how far the projections are, and what had to be put aside. */
@Path("/projections")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class ProjectionsResource {

    private final Projections projections;
    private final Heads heads;
    private final Watch watch;
    private final Transactions transactions;
    private final LogEnds logEnds;
    private final Reasons reasons;

    ProjectionsResource(
            Projections projections,
            Heads heads,
            Watch watch,
            Transactions transactions,
            LogEnds logEnds,
            Reasons reasons) {
        this.reasons = reasons;
        this.projections = projections;
        this.heads = heads;
        this.watch = watch;
        this.transactions = transactions;
        this.logEnds = logEnds;
    }

    @GET
    @Reads
    @Operation(
            summary = "How far every projection is, and why one stands still",
            description =
                    "Ends and lags are absent while Kafka is away. While the database is away, all"
                            + " is as it was at the instant asOf.")
    @APIResponse(responseCode = "200", description = "All projections with their partitions")
    public Answers.All projections() throws SQLException, InterruptedException {
        var stored = stored();
        var ends = logEnds.of(projections.topics());
        return new Answers.All(
                stored.asOf(),
                projections.all().stream().map(p -> answer(p, stored.figures(), ends)).toList());
    }

    private Snapshot<Stored> stored() throws SQLException {
        var now = Instant.now();
        try {
            return new Snapshot<>(Stored.read(transactions), now);
        } catch (SQLException e) {
            var known = watch.stored();
            if (known == null) {
                throw e;
            }
            return known;
        }
    }

    private Answers.One answer(Projection projection, Stored stored, LogEnds.Ends ends) {
        var log = ends.of(projection.topic());
        return new Answers.One(
                projection.name(),
                projection.topic(),
                stored.parked(projection),
                stored.nameless(projection),
                watch.failures().get(projection.name()),
                new TreeMap<>(stored.next(projection))
                        .entrySet().stream()
                                .map(n -> answer(n.getKey(), n.getValue(), log.get(n.getKey())))
                                .toList());
    }

    private static Answers.Partition answer(int partition, long next, @Nullable Long end) {
        return new Answers.Partition(
                partition, next, end, end == null ? null : Math.max(0, end - next));
    }

    @GET
    @Reads
    @Path("/{projection}/parked")
    @Operation(summary = "The aggregates whose next event cannot be applied, by id")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    public Answers.ParkedPage parkedStreams(
            @PathParam("projection") String projection,
            @QueryParam("after") @Nullable UUID after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT) @Min(1) @Max(Page.MAX) int limit) {
        var name = projection(projection).name();
        var page = ParkedAggregate.page(name, after, limit);
        return new Answers.ParkedPage(
                page.map(Answers.Parked::of), page.next(parked -> parked.streamId));
    }

    @POST
    @Path("/{projection}/parked/{parkedStreamId}/replay")
    @Operation(
            summary = "Try a parked aggregate's queue again, in order",
            description = "For after a deployment that can read what the one before could not.")
    @APIResponse(responseCode = "200", description = "What was applied, and what still waits")
    public Answers.Replayed replayParkedStream(
            @PathParam("projection") String projection,
            @PathParam("parkedStreamId") UUID streamId,
            @QueryParam("because")
                    @Parameter(description = Reasons.WHY)
                    @Size(max = Reasons.LONGEST)
                    @Pattern(regexp = "[^\\x00-\\x1F\\x7F]*")
                    @Nullable String because)
            throws SQLException {
        reasons.say(because);
        return projections
                .replay(projection(projection).name(), new StreamId(streamId))
                .map(r -> new Answers.Replayed(streamId, r.applied(), r.queued(), r.reason()))
                .orElseThrow(
                        () ->
                                Problems.of(
                                        Refusal.notFound("parked-stream"),
                                        "Nothing waits for " + streamId + "."));
    }

    @GET
    @Reads
    @Path("/{projection}/heads")
    @Operation(
            summary = "On which event each aggregate's view stands, by id",
            description = "The command service compares them: POST /journal/comparison.")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    public Answers.HeadsPage heads(
            @PathParam("projection") String projection,
            @QueryParam("after") @Nullable UUID after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT) @Min(1) @Max(Page.MAX) int limit)
            throws SQLException {
        var page =
                heads.of(projection(projection), after, limit).stream()
                        .map(head -> new Answers.Head(head.id(), head.version(), head.hash()))
                        .toList();
        return new Answers.HeadsPage(page, page.size() < limit ? null : page.getLast().id());
    }

    private Projection projection(String name) {
        return projections
                .find(name)
                .orElseThrow(
                        () ->
                                Problems.of(
                                        Refusal.notFound("projection"),
                                        "GET /projections names all there are."));
    }
}
