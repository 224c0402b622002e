package banking.inspection;

import banking.aggregate.AggregateType;
import banking.aggregate.Refusal;
import banking.database.Reads;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.RecordedEvent;
import banking.http.Commands;
import banking.http.ExpensiveReads;
import banking.http.Problems;
import banking.inspection.Replays.Replayed;
import banking.journal.JournalReader;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.arc.All;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The journal, for operators and auditors. */
@Path("/streams")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Reads
@RunOnVirtualThread
public class StreamsResource {

    private static final int MAX_PAGE = 1000;

    private final ExpensiveReads reads;
    private final JournalReader journal;
    private final Replays replays;
    private final List<AggregateType<?, ?, ?>> types;

    StreamsResource(
            ExpensiveReads reads,
            JournalReader journal,
            ChainKeys keys,
            @All List<AggregateType<?, ?, ?>> types) {
        this.reads = reads;
        this.journal = journal;
        replays = new Replays(journal, keys, Replays.LONGEST);
        this.types = types;
    }

    /**
     * @param next what to ask for with {@code after} next; absent on the last page
     */
    public record Streams(List<JournalReader.StreamSummary> streams, @Nullable String next) {}

    /**
     * @param next what to ask for with {@code after} next; absent on the last page
     */
    public record Events(List<EventAnswer> events, @Nullable Long next) {}

    /**
     * @param causedBy the event that led to this one, as its stream and version with a colon
     *     between
     * @param hash the number of a key, and HMAC-SHA256 under it over the hash of the event before
     *     and the digest of this event, in hexadecimal
     */
    public record EventAnswer(
            long version,
            String type,
            int schemaVersion,
            @JsonRawValue @Schema(implementation = Object.class) String payload,
            String commandId,
            String correlationId,
            String actor,
            Instant occurredAt,
            @Nullable String causedBy,
            String hash) {

        static EventAnswer of(RecordedEvent recorded) {
            var event = recorded.event();
            return new EventAnswer(
                    event.version(),
                    event.type(),
                    event.schemaVersion(),
                    event.payload(),
                    event.causationId().toString(),
                    event.correlationId(),
                    event.actor(),
                    event.occurredAt(),
                    event.causedBy(),
                    recorded.hash().toString());
        }
    }

    /**
     * @param events all that the command has led to
     * @param before the state that the command met; null where it began the stream
     * @param after the state that it left
     * @param intact whether the hashes of all events up to that one fit
     */
    public record Change(
            List<EventAnswer> events,
            @Schema(implementation = Object.class) @Nullable Object before,
            @Schema(implementation = Object.class) @Nullable Object after,
            boolean intact) {}

    @GET
    @Path("{type}")
    @Operation(summary = "The streams of one type, in the order of their ids")
    public Streams streams(
            @PathParam("type") String type,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(MAX_PAGE) int limit) {
        var known = type(type);
        var last = after == null ? null : Commands.id(after);
        var page = reads.inTurn(() -> journal.streams(known.name(), last, limit));
        return new Streams(page, page.size() < limit ? null : page.getLast().id());
    }

    @GET
    @Path("{type}/{streamId}/events")
    @Operation(summary = "The events of one stream, oldest first")
    public Events events(
            @PathParam("type") String type,
            @PathParam("streamId") String id,
            @QueryParam("after") @DefaultValue("0") @Min(0) long after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(MAX_PAGE) int limit) {
        var page = reads.inTurn(() -> journal.events(stream(type, id), after, limit));
        return new Events(
                page.stream().map(EventAnswer::of).toList(),
                page.size() < limit ? null : page.getLast().event().version());
    }

    @GET
    @Path("{type}/{streamId}/state")
    @Operation(summary = "What the stream's events up to a version lead to, replayed")
    public Replayed state(
            @PathParam("type") String type,
            @PathParam("streamId") String id,
            @QueryParam("version") @Nullable @Min(1) Long version,
            @Context HttpServerResponse caller) {
        var upTo = version == null ? Long.MAX_VALUE : version;
        return reads.inTurn(
                () ->
                        replays.replay(type(type), stream(type, id), upTo, caller::closed)
                                .orElseThrow(
                                        () -> notFound("The stream has no version " + version)));
    }

    @GET
    @Path("{type}/{streamId}/changes/{version}")
    @Operation(summary = "What the command has changed that led to the event of this version")
    public Change change(
            @PathParam("type") String type,
            @PathParam("streamId") String id,
            @PathParam("version") @Min(1) long version,
            @Context HttpServerResponse caller) {
        return reads.inTurn(() -> change(type(type), stream(type, id), version, caller));
    }

    private Change change(
            AggregateType<?, ?, ?> type, StreamId stream, long version, HttpServerResponse caller) {
        var events = journal.eventsOfCommand(stream, version);
        if (events.isEmpty()) {
            throw Problems.of(
                    Refusal.notFound("version"), "The stream has no version " + version + ".");
        }
        var first = events.getFirst().event().version();
        var before =
                first == 1
                        ? Optional.<Replayed>empty()
                        : replays.replay(type, stream, first - 1, caller::closed);
        var after =
                replays.replay(type, stream, events.getLast().event().version(), caller::closed);
        return new Change(
                events.stream().map(EventAnswer::of).toList(),
                before.map(Replayed::state).orElse(null),
                after.orElseThrow().state(),
                after.orElseThrow().intact());
    }

    private StreamId stream(String type, String id) {
        var stream = Commands.id(id);
        if (!journal.exists(type(type).name(), stream)) {
            throw notFound("There is no such stream.");
        }
        return stream;
    }

    private AggregateType<?, ?, ?> type(String name) {
        return types.stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                Problems.of(
                                        Refusal.notFound("type"),
                                        "There are no streams of this type."));
    }

    private static RuntimeException notFound(String detail) {
        return Problems.of(Refusal.notFound("stream"), detail);
    }
}
