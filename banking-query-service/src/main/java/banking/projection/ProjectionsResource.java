package banking.projection;

import banking.database.Reads;
import banking.events.StreamId;
import banking.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What operators see and do: how far the projections are, and what had to be put aside. */
@Path("/projections")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "projections", description = "For operators and auditors")
@APIResponse(responseCode = "401", description = "not-authenticated")
@APIResponse(responseCode = "403", description = "not-permitted")
class ProjectionsResource {

    private static final int MAX_PAGE = 500;
    private static final String DEFAULT_PAGE = "100";
    private static final String PLACE = "[0-9]{1,9}-[0-9]{1,18}";

    private final Projections projections;
    private final LogEnds logEnds;

    ProjectionsResource(Projections projections, LogEnds logEnds) {
        this.projections = projections;
        this.logEnds = logEnds;
    }

    @GET
    @Reads
    @RolesAllowed({"operator", "auditor"})
    @Operation(
            summary = "How far every projection is",
            description = "Ends and lags are absent while Kafka is away.")
    @APIResponse(responseCode = "200", description = "All projections with their partitions")
    public Answers.All projections() throws InterruptedException {
        var offsets =
                projections.all().stream()
                        .flatMap(projection -> ProjectionOffset.of(projection.name()).stream())
                        .toList();
        var partitions = new HashSet<TopicPartition>();
        offsets.forEach(o -> partitions.add(new TopicPartition(o.topic, o.partition)));
        var ends = partitions.isEmpty() ? Map.<TopicPartition, Long>of() : logEnds.of(partitions);
        return new Answers.All(
                projections.all().stream().map(p -> answer(p, offsets, ends)).toList());
    }

    private Answers.One answer(
            Projection projection, List<ProjectionOffset> offsets, Map<TopicPartition, Long> ends) {
        return new Answers.One(
                projection.name(),
                projection.topic(),
                ParkedAggregate.count(projection.name()),
                DeadEvent.countNameless(projection.name()),
                projections.failures().get(projection.name()),
                offsets.stream()
                        .filter(offset -> offset.projection.equals(projection.name()))
                        .map(o -> answer(o, ends.get(new TopicPartition(o.topic, o.partition))))
                        .toList());
    }

    private static Answers.Partition answer(ProjectionOffset offset, @Nullable Long end) {
        return new Answers.Partition(
                offset.partition,
                offset.next,
                end,
                end == null ? null : Math.max(0, end - offset.next));
    }

    @GET
    @Reads
    @Path("/{projection}/parked")
    @RolesAllowed({"operator", "auditor"})
    @Operation(summary = "The aggregates whose next event cannot be applied, by id")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    @APIResponse(responseCode = "400", description = "malformed-request")
    @APIResponse(responseCode = "404", description = "projection-not-found")
    @APIResponse(responseCode = "422", description = "invalid-request")
    public Answers.ParkedPage parked(
            @PathParam("projection") String projection,
            @QueryParam("after") @Nullable UUID after,
            @QueryParam("limit") @DefaultValue(DEFAULT_PAGE) @Min(1) @Max(MAX_PAGE) int limit) {
        require(projection);
        var found = ParkedAggregate.page(projection, after, limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        return new Answers.ParkedPage(
                page.stream()
                        .map(
                                p ->
                                        new Answers.Parked(
                                                p.streamId,
                                                p.partition,
                                                p.firstOffset,
                                                p.reason,
                                                p.queued,
                                                p.parkedAt))
                        .toList(),
                found.size() > limit ? page.getLast().streamId : null);
    }

    @GET
    @Reads
    @Path("/{projection}/nameless")
    @RolesAllowed({"operator", "auditor"})
    @Operation(summary = "The records that do not say which aggregate they belong to, by place")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    @APIResponse(responseCode = "404", description = "projection-not-found")
    @APIResponse(responseCode = "422", description = "invalid-request")
    public Answers.NamelessPage nameless(
            @PathParam("projection") String projection,
            @QueryParam("after") @Pattern(regexp = PLACE) @Nullable String after,
            @QueryParam("limit") @DefaultValue(DEFAULT_PAGE) @Min(1) @Max(MAX_PAGE) int limit) {
        require(projection);
        var place = after == null ? new String[] {"-1", "0"} : after.split("-", 2);
        var found =
                DeadEvent.nameless(
                        projection,
                        Integer.parseInt(place[0]),
                        Long.parseLong(place[1]),
                        limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        var last = page.isEmpty() ? null : page.getLast();
        return new Answers.NamelessPage(
                page.stream()
                        .map(
                                d ->
                                        new Answers.Nameless(
                                                d.partition,
                                                d.recordOffset,
                                                d.reason,
                                                d.receivedAt))
                        .toList(),
                found.size() > limit && last != null
                        ? last.partition + "-" + last.recordOffset
                        : null);
    }

    @POST
    @Path("/{projection}/parked/{streamId}/replay")
    @RolesAllowed("operator")
    @Operation(
            summary = "Try a parked aggregate's queue again, in order",
            description = "For after a deployment that can read what the one before could not.")
    @APIResponse(responseCode = "200", description = "What was applied, and what still waits")
    @APIResponse(responseCode = "400", description = "malformed-request")
    @APIResponse(responseCode = "404", description = "projection-not-found, aggregate-not-parked")
    public Answers.Replayed replay(
            @PathParam("projection") String projection, @PathParam("streamId") UUID streamId) {
        require(projection);
        return projections
                .replay(projection, new StreamId(streamId))
                .map(r -> new Answers.Replayed(streamId, r.applied(), r.queued(), r.reason()))
                .orElseThrow(
                        () -> notFound("aggregate-not-parked", "Nothing waits for " + streamId));
    }

    private void require(String projection) {
        if (!projections.exists(projection)) {
            throw notFound("projection-not-found", "There is no such projection");
        }
    }

    private static HttpProblem notFound(String code, String detail) {
        return Problems.problem(404, code, "Not Found", detail).build();
    }
}
