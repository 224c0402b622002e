package banking.policy;

import banking.http.Commands;
import banking.http.ProblemCode;
import banking.http.Problems;
import banking.policy.ParkedStreams.Parked;
import banking.policy.Policies.Replay;
import banking.policy.Positions.Position;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** How the policies are doing, for operators. */
@Path("/policies")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
public class PoliciesResource {

    private static final int MAX_PAGE = 1000;

    private final Policies policies;
    private final ParkedStreams parkedStreams;
    private final Positions positions;

    PoliciesResource(Policies policies, ParkedStreams parkedStreams, Positions positions) {
        this.policies = policies;
        this.parkedStreams = parkedStreams;
        this.positions = positions;
    }

    /**
     * @param lag how many records of its topics the policy has not taken in; null while Kafka does
     *     not answer
     * @param parked how many streams wait for an operator
     */
    public record PolicyAnswer(
            String name, @Nullable Long lag, long parked, List<PositionAnswer> positions) {}

    /**
     * @param position the offset that comes next
     */
    public record PositionAnswer(String topic, int partition, long position, long lag) {

        static PositionAnswer of(Position position) {
            return new PositionAnswer(
                    position.topic(), position.partition(), position.position(), position.lag());
        }
    }

    public record PoliciesAnswer(List<PolicyAnswer> policies) {}

    /**
     * @param since the version of the event that could not be reacted to
     */
    public record ParkedAnswer(String streamId, long since, String reason, Instant parkedAt) {

        static ParkedAnswer of(Parked parked) {
            return new ParkedAnswer(
                    parked.streamId().toString(),
                    parked.since(),
                    parked.reason(),
                    parked.parkedAt());
        }
    }

    /**
     * @param next what to ask for with {@code after} next; absent on the last page
     */
    public record ParkedPage(List<ParkedAnswer> parked, @Nullable String next) {}

    /**
     * @param events how many events were gone through
     * @param reason why it is still parked; null where it is not
     */
    public record ReplayAnswer(long events, boolean parked, @Nullable String reason) {

        static ReplayAnswer of(Replay replay) {
            return new ReplayAnswer(replay.reactedTo(), replay.reason() != null, replay.reason());
        }
    }

    @GET
    @Operation(summary = "Every policy: how far it is, and how many streams it has parked")
    public PoliciesAnswer policies() throws InterruptedException {
        var answers = new ArrayList<PolicyAnswer>();
        for (var policy : policies.all()) {
            var at = positions.of(policy);
            answers.add(
                    new PolicyAnswer(
                            policy.name(),
                            at.isEmpty() ? null : at.stream().mapToLong(Position::lag).sum(),
                            parkedStreams.count(policy.name()),
                            at.stream().map(PositionAnswer::of).toList()));
        }
        return new PoliciesAnswer(answers);
    }

    @GET
    @Path("{name}/parked")
    @Operation(summary = "The streams that wait for somebody to look into them")
    @APIResponse(responseCode = "200", description = "A page, in the order of the ids")
    @APIResponse(responseCode = "404", description = "policy-not-found")
    public ParkedPage parked(
            @PathParam("name") String name,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(MAX_PAGE) int limit) {
        var page =
                parkedStreams.page(
                        policy(name).name(), after == null ? null : Commands.id(after), limit);
        return new ParkedPage(
                page.stream().map(ParkedAnswer::of).toList(),
                page.size() < limit ? null : page.getLast().streamId().toString());
    }

    @POST
    @Path("{name}/parked/{streamId}/replay")
    @Operation(summary = "React again to a parked stream's events, from where it stopped")
    @APIResponse(responseCode = "200", description = "How far it came")
    @APIResponse(responseCode = "404", description = "policy-not-found, stream-not-parked")
    @APIResponse(responseCode = "503", description = "unavailable")
    public ReplayAnswer replay(@PathParam("name") String name, @PathParam("streamId") String id)
            throws SQLException, InterruptedException {
        try {
            return policies.replay(policy(name), Commands.id(id))
                    .map(ReplayAnswer::of)
                    .orElseThrow(
                            () ->
                                    Problems.of(
                                            ProblemCode.STREAM_NOT_PARKED,
                                            "The policy has not parked this stream."));
        } catch (PassingException e) {
            throw Problems.of(ProblemCode.UNAVAILABLE, "It may be tried again.");
        }
    }

    private Policy policy(String name) {
        return policies.find(name)
                .orElseThrow(
                        () ->
                                Problems.of(
                                        ProblemCode.POLICY_NOT_FOUND, "There is no such policy."));
    }
}
