package banking.http;

import banking.aggregate.AggregateType;
import banking.aggregate.Outcome;
import banking.aggregate.Rejection;
import banking.approval.Approvals;
import banking.approval.Approvals.Given;
import banking.events.AggregateId;
import banking.events.CommandId;
import banking.events.Event;
import banking.events.MalformedIdException;
import banking.events.StreamId;
import banking.pipeline.UnavailableException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries a command from its resource to the pipeline and the outcome back. */
@ApplicationScoped
public class Commands {

    private final Approvals approvals;
    private final QueryService queries;
    private final ObjectMapper json;

    /** Random, so it belongs to the running process and not into a native image's static fields. */
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    Commands(Approvals approvals, QueryService queries, ObjectMapper json) {
        this.approvals = approvals;
        this.queries = queries;
        this.json = json;
    }

    /** A new aggregate's id, in the order of time (RFC 9562, version 7). */
    public UUID newId() {
        return ids.generate();
    }

    /**
     * @throws io.quarkiverse.resteasy.problem.HttpProblem {@code malformed-request} when the text
     *     is not a UUID in its canonical form
     */
    public static StreamId id(String text) {
        try {
            return StreamId.fromString(text);
        } catch (MalformedIdException e) {
            throw Problems.malformed(MalformedIdException.DETAIL);
        }
    }

    /**
     * @param request the request's line, as in {@code POST /accounts}: with the body, what its
     *     Idempotency-Key stands for
     * @param success what an accepted command is answered with; the version is added as ETag
     * @return the answer, or a problem
     */
    public <S, C, E extends Event> CompletionStage<Response> execute(
            AggregateType<S, C, E> type,
            AggregateId<E> id,
            C command,
            CommandHeaders headers,
            String request,
            @Nullable Object body,
            Function<Outcome.Done, Response.ResponseBuilder> success) {
        return executeNamed(type, id, _ -> command, headers, request, body, success);
    }

    /**
     * As above, for a command that makes something without a stream of its own.
     *
     * @param command gets the command's id, which is the same for every try, to name it by
     */
    public <S, C, E extends Event> CompletionStage<Response> executeNamed(
            AggregateType<S, C, E> type,
            AggregateId<E> id,
            Function<CommandId, C> command,
            CommandHeaders headers,
            String request,
            @Nullable Object body,
            Function<Outcome.Done, Response.ResponseBuilder> success) {
        var context = headers.context(ids.generate(), () -> request + '\n' + write(body));
        return approvals
                .give(type, id, command.apply(context.id()), context)
                .handle((given, failure) -> respond(given, failure, headers, success));
    }

    /** Answers with the aggregate as the command left it. */
    public static Function<Outcome.Done, Response.ResponseBuilder> state(Response.Status status) {
        return done ->
                Response.status(status)
                        .entity(done.answer().getBytes(StandardCharsets.UTF_8))
                        .type(MediaType.APPLICATION_JSON_TYPE);
    }

    /**
     * Answers 201 with the aggregate that the command made, and where it can be read.
     *
     * @param path of the aggregates of its kind, as in {@code /accounts}
     */
    public Function<Outcome.Done, Response.ResponseBuilder> created(String path) {
        return done ->
                state(Response.Status.CREATED)
                        .apply(done)
                        .header(
                                "Location",
                                queries.location(path + "/" + done.streamId(), done.version()));
    }

    private String write(@Nullable Object body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a body that was read cannot be written", e);
        }
    }

    private Response respond(
            @Nullable Given given,
            @Nullable Throwable failure,
            CommandHeaders headers,
            Function<Outcome.Done, Response.ResponseBuilder> success) {
        if (failure instanceof UnavailableException) {
            return Problems.of(
                            ProblemCode.UNAVAILABLE,
                            "Whether it was done is not known; under an Idempotency-Key it may be tried again.")
                    .toResponse();
        }
        if (given == null) {
            throw new CompletionException(failure);
        }
        return switch (given.outcome()) {
            case Outcome.Refused(var rejection, var isOthers) -> {
                var problem = problem(rejection);
                yield (isOthers ? Problems.ofOthers(problem) : problem).toResponse();
            }
            case Outcome.NotNow(var rejection) -> problem(rejection).toResponse();
            case Outcome.Done done -> {
                if (done.isNew()) {
                    headers.isInJournal();
                }
                yield (given.waits() ? waiting(done) : success.apply(done))
                        .tag(Long.toString(done.version()))
                        .build();
            }
        };
    }

    /** Not done yet: another has to approve it. */
    private Response.ResponseBuilder waiting(Outcome.Done request) {
        return state(Response.Status.ACCEPTED)
                .apply(request)
                .header(
                        "Location",
                        queries.location("/approvals/" + request.streamId(), request.version()));
    }

    private static HttpProblem problem(Rejection rejection) {
        return Problems.of(rejection.refusal(), rejection.detail());
    }
}
