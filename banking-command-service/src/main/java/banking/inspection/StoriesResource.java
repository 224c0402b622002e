package banking.inspection;

import banking.aggregate.Refusal;
import banking.database.Reads;
import banking.events.codec.WrittenEvent;
import banking.http.Commands;
import banking.http.ExpensiveReads;
import banking.http.PlainText;
import banking.http.Problems;
import banking.journal.StoryReader;
import banking.journal.StoryReader.Place;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What followed from what, across all streams, for operators and auditors. */
@Path("/stories")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Reads
@RunOnVirtualThread
public class StoriesResource {

    private static final int MAX_PAGE = 1000;
    private static final String VISIBLE = "[!-~]{1,255}";
    private static final String PLACE = PlainText.UUID + ":[0-9]{1,18}";
    private static final String PLACE_MESSAGE = "is what an answer gave as next";

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final ExpensiveReads reads;
    private final StoryReader stories;

    StoriesResource(ExpensiveReads reads, StoryReader stories) {
        this.reads = reads;
        this.stories = stories;
    }

    /**
     * @param next what to ask for with {@code after} next; absent on the last page
     */
    public record Story(List<StoryEvent> events, @Nullable String next) {

        static Story of(List<WrittenEvent> page, int limit) {
            return new Story(
                    page.stream().map(StoryEvent::of).toList(),
                    page.size() < limit ? null : page.getLast().id());
        }
    }

    /**
     * @param id its stream and version, with a colon between
     * @param causedBy the event that led to this one; null for what the request itself asked for
     */
    public record StoryEvent(
            String id,
            @Nullable String causedBy,
            String type,
            int schemaVersion,
            @JsonRawValue @Schema(implementation = Object.class) String payload,
            String commandId,
            String correlationId,
            String actor,
            Instant occurredAt) {

        static StoryEvent of(WrittenEvent event) {
            return new StoryEvent(
                    event.id(),
                    event.causedBy(),
                    event.type(),
                    event.schemaVersion(),
                    event.payload(),
                    event.causationId().toString(),
                    event.correlationId(),
                    event.actor(),
                    event.occurredAt());
        }
    }

    @GET
    @Path("{story}")
    @Operation(
            summary = "All that one request has led to, in all streams, oldest first",
            description =
                    "By the X-Correlation-ID that it came with or was answered with. Each event"
                            + " names the one that led to it.")
    public Story story(
            @PathParam("story") @Pattern(regexp = VISIBLE) String correlationId,
            @QueryParam("after") @Pattern(regexp = PLACE, message = PLACE_MESSAGE)
                    @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(MAX_PAGE) int limit) {
        var page = reads.inTurn(() -> stories.ofRequest(correlationId, place(after), limit));
        if (page.isEmpty() && after == null) {
            throw Problems.of(Refusal.notFound("story"), "No event has come of such a request.");
        }
        return Story.of(page, limit);
    }

    @GET
    @Operation(summary = "What an actor has done, in all streams, oldest first")
    public Story storiesOfActor(
            @QueryParam("actor")
                    @Parameter(description = "A user, policy:<name> or timer")
                    @NotNull
                    @PlainText
                    String actor,
            @QueryParam("from") @Parameter(description = "From this instant on")
                    @Nullable Instant from,
            @QueryParam("to") @Parameter(description = "Before this instant") @Nullable Instant to,
            @QueryParam("after") @Pattern(regexp = PLACE, message = PLACE_MESSAGE)
                    @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(MAX_PAGE) int limit) {
        var earliest = from == null ? FIRST : known(from);
        var end = to == null ? LAST : known(to);
        return reads.inTurn(
                () -> Story.of(stories.ofActor(actor, earliest, end, place(after), limit), limit));
    }

    /** The database's times end before Java's do. */
    private static Instant known(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    }

    private static @Nullable Place place(@Nullable String id) {
        if (id == null) {
            return null;
        }
        var colon = id.indexOf(':');
        return new Place(
                Commands.id(id.substring(0, colon)), Long.parseLong(id.substring(colon + 1)));
    }
}
