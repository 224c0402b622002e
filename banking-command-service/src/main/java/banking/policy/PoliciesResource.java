package banking.policy;

import static java.util.Objects.requireNonNull;

import banking.aggregate.Refusal;
import banking.database.Reads;
import banking.events.StreamId;
import banking.http.Commands;
import banking.http.PlainText;
import banking.http.Problems;
import banking.http.Reasons;
import banking.policy.ParkedMatters.Count;
import banking.policy.Policies.Replay;
import banking.policy.Positions.Position;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** How the policies are doing, for operators. */
@Path("/policies")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class PoliciesResource {

    private static final int MAX_PAGE = 1000;
    private static final int MAX_REASON_CHARACTERS = 200;
    private static final Matter BEFORE_ALL =
            new Matter(new StreamId(new UUID(0, 0)), new UUID(0, 0));

    private final Policies policies;
    private final ParkedMatters parkedMatters;
    private final Positions positions;
    private final SecurityIdentity caller;
    private final Reasons reasons;

    PoliciesResource(
            Policies policies,
            ParkedMatters parkedMatters,
            Positions positions,
            SecurityIdentity caller,
            Reasons reasons) {
        this.policies = policies;
        this.parkedMatters = parkedMatters;
        this.positions = positions;
        this.caller = caller;
        this.reasons = reasons;
    }

    /**
     * @param lag how many records of its topics the policy has not taken in; null while Kafka does
     *     not answer
     * @param parked how many matters wait
     * @param retried how many of them are tried again by themselves; the others need an operator
     * @param failure why the policy stands still in the process that answers; null where it does
     *     not
     */
    public record PolicyAnswer(
            String name,
            @Nullable Long lag,
            long parked,
            long retried,
            @Nullable String failure,
            List<PositionAnswer> positions) {}

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
     * @param matter what the events that wait are about: the stream itself, or a transfer
     * @param since the version of the event that could not be reacted to
     * @param until the version of the last event that waits
     * @param attempts how often it was tried again
     * @param retryAt when it is tried again; null where it waits for an operator
     */
    public record ParkedAnswer(
            String streamId,
            String matter,
            long since,
            long until,
            String reason,
            int attempts,
            Instant parkedAt,
            @Nullable Instant retryAt) {

        static ParkedAnswer of(Parked parked) {
            return new ParkedAnswer(
                    parked.matter().stream().toString(),
                    parked.matter().id().toString(),
                    parked.since(),
                    parked.until(),
                    parked.reason(),
                    parked.attempts(),
                    parked.parkedAt(),
                    parked.retryAt());
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
            return new ReplayAnswer(replay.events(), replay.reason() != null, replay.reason());
        }
    }

    /**
     * @param because why the events are not to be reacted to
     */
    public record Skip(
            @NotBlank
                    @Size(max = MAX_REASON_CHARACTERS)
                    @PlainText
                    @Schema(examples = "was done by hand")
                    @Nullable String because) {}

    /**
     * @param matters how many it concerns
     */
    public record MattersAnswer(int matters) {}

    @GET
    @Reads
    @Operation(summary = "Every policy: how far it is, and what it has parked")
    public PoliciesAnswer policies() throws SQLException, InterruptedException {
        var counts = parkedMatters.counts();
        var answers = new ArrayList<PolicyAnswer>();
        for (var policy : policies.all()) {
            var at = positions.of(policy);
            var parked = counts.getOrDefault(policy.name(), Count.NONE);
            answers.add(
                    new PolicyAnswer(
                            policy.name(),
                            at.isEmpty() ? null : at.stream().mapToLong(Position::lag).sum(),
                            parked.retried() + parked.stuck(),
                            parked.retried(),
                            policies.failure(policy),
                            at.stream().map(PositionAnswer::of).toList()));
        }
        return new PoliciesAnswer(answers);
    }

    @GET
    @Reads
    @Path("{policy}/parked")
    @Operation(summary = "What waits: for another try, or for somebody to look into it")
    @APIResponse(responseCode = "200", description = "A page, in the order of the ids")
    public ParkedPage parkedStreams(
            @PathParam("policy") String name,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(MAX_PAGE) int limit) {
        var page = ParkedMatterRow.page(policy(name).name(), place(after), limit);
        return new ParkedPage(
                page.stream().map(ParkedAnswer::of).toList(),
                page.size() < limit ? null : place(page.getLast().matter()));
    }

    private static String place(Matter matter) {
        return matter.stream() + "_" + matter.id();
    }

    private static Matter place(@Nullable String place) {
        if (place == null) {
            return BEFORE_ALL;
        }
        var ids = place.split("_", 2);
        return new Matter(Commands.id(ids[0]), Commands.id(ids[ids.length - 1]).value());
    }

    @POST
    @Path("{policy}/parked/{parkedStreamId}/replay")
    @Operation(summary = "React again to what is parked of a stream, from where it stopped")
    @APIResponse(responseCode = "200", description = "How far it came")
    public ReplayAnswer replayParkedStream(
            @PathParam("policy") String name,
            @PathParam("parkedStreamId") String id,
            @QueryParam("because")
                    @Parameter(description = Reasons.WHY)
                    @Size(max = Reasons.LONGEST)
                    @PlainText
                    @Nullable String because)
            throws SQLException {
        reasons.say(because);
        return policies.replay(policy(name), Commands.id(id))
                .map(ReplayAnswer::of)
                .orElseThrow(PoliciesResource::notParked);
    }

    @POST
    @Path("{policy}/parked/replay")
    @Operation(summary = "Try all that is parked again, beside all else that the policy does")
    @APIResponseSchema(
            value = MattersAnswer.class,
            responseCode = "202",
            responseDescription = "How many matters are tried again")
    public RestResponse<MattersAnswer> replayAllParked(
            @PathParam("policy") String name,
            @QueryParam("because")
                    @Parameter(description = Reasons.WHY)
                    @Size(max = Reasons.LONGEST)
                    @PlainText
                    @Nullable String because)
            throws SQLException {
        reasons.say(because);
        var matters = parkedMatters.retryAll(policy(name).name());
        return RestResponse.accepted(new MattersAnswer(matters));
    }

    @POST
    @Path("{policy}/parked/{parkedStreamId}/skip")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Never react to what is parked of a stream; who said so and why is kept")
    @APIResponse(responseCode = "200", description = "How many matters are skipped")
    public MattersAnswer skipParkedStream(
            @PathParam("policy") String name,
            @PathParam("parkedStreamId") String id,
            @Valid @NotNull Skip body)
            throws SQLException {
        var by = caller.getPrincipal().getName();
        var because = requireNonNull(body.because()).strip();
        reasons.say(because);
        var matters = parkedMatters.skip(policy(name).name(), Commands.id(id), because, by);
        if (matters == 0) {
            throw notParked();
        }
        return new MattersAnswer(matters);
    }

    private static HttpProblem notParked() {
        return Problems.of(
                Refusal.notFound("parked-stream"), "The policy has parked nothing of this stream.");
    }

    private Policy policy(String name) {
        return policies.find(name)
                .orElseThrow(
                        () -> Problems.of(Refusal.notFound("policy"), "There is no such policy."));
    }
}
