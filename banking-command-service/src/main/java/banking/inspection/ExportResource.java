package banking.inspection;

import banking.aggregate.AggregateType;
import banking.aggregate.Refusal;
import banking.database.Reads;
import banking.events.CustomerId;
import banking.events.codec.EventCodec;
import banking.events.codec.PersonalData;
import banking.events.codec.PersonalKey;
import banking.events.codec.RecordedEvent;
import banking.http.Asker;
import banking.http.ExpensiveReads;
import banking.http.Problems;
import banking.inspection.StreamsResource.EventAnswer;
import banking.journal.JournalReader;
import banking.journal.JournalReader.StreamOfCustomer;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept about a customer. It is told from the journal: nothing is kept elsewhere that
 * does not follow from it, and it has what no view shows, such as who did what when.
 */
@Path("/exports")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Reads
@RunOnVirtualThread
public class ExportResource {

    private static final int PAGE = 500;

    private final ExpensiveReads reads;
    private final JournalReader journal;
    private final Asker asker;
    private final List<AggregateType<?, ?, ?>> types;
    private final ObjectMapper json;

    ExportResource(
            ExpensiveReads reads,
            JournalReader journal,
            Asker asker,
            @All List<AggregateType<?, ?, ?>> types,
            ObjectMapper json) {
        this.reads = reads;
        this.journal = journal;
        this.asker = asker;
        this.types = types;
        this.json = json;
    }

    /** What is written, which may be more than there is memory for. */
    @Schema(name = "CustomerExport")
    record Export(String customerId, List<ExportedStream> streams) {}

    /**
     * @param state what the events lead to, as a command on it was answered last
     */
    record ExportedStream(String type, String id, List<EventAnswer> events, Object state) {}

    @GET
    @Path("customers/{customerId}")
    @Operation(
            summary = "All that is kept about a customer",
            description =
                    "The customer, the accounts and the tasks, each with all of its events:"
                            + " those of an account are its statement, transfers and holds.")
    @APIResponse(
            responseCode = "200",
            description = "One document, however long",
            content = @Content(schema = @Schema(implementation = Export.class)))
    public StreamingOutput exportCustomer(@PathParam("customerId") CustomerId id) {
        var first = asker.scope().has(id) ? page(id, null) : List.<StreamOfCustomer>of();
        if (first.isEmpty()) {
            throw Problems.of(Refusal.notFound(id.kind()), "There is no customer " + id + ".");
        }
        return out -> {
            try (var generator = json.createGenerator(out)) {
                generator.writeStartObject();
                generator.writeStringField("customerId", id.toString());
                generator.writeArrayFieldStart("streams");
                for (var page = first; !page.isEmpty(); page = page(id, page.getLast())) {
                    for (var stream : page) {
                        write(stream, generator);
                    }
                }
                generator.writeEndArray();
                generator.writeEndObject();
            }
        };
    }

    private List<StreamOfCustomer> page(CustomerId id, @Nullable StreamOfCustomer after) {
        return reads.inTurn(() -> journal.about(id, after, PAGE));
    }

    private void write(StreamOfCustomer stream, JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("type", stream.type());
        generator.writeStringField("id", stream.id().toString());
        generator.writeArrayFieldStart("events");
        var key = journal.key(stream.id());
        var events = events(stream).map(event -> opened(event, key));
        var state =
                type(stream.type())
                        .replay(
                                stream.id(),
                                events.peek(event -> write(event, generator))
                                        .map(e -> EventCodec.STANDARD.read(e.event()).event()));
        generator.writeEndArray();
        generator.writePOJOField("state", state);
        generator.writeEndObject();
    }

    /** With the hash of what the journal has. */
    private static RecordedEvent opened(RecordedEvent event, @Nullable PersonalKey key) {
        return new RecordedEvent(
                PersonalData.open(event.event(), key), event.previous(), event.hash());
    }

    private static void write(RecordedEvent event, JsonGenerator generator) {
        try {
            generator.writePOJO(EventAnswer.of(event));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Up to the version that is known; whoever reads slowly keeps nobody waiting. */
    private Stream<RecordedEvent> events(StreamOfCustomer stream) {
        return Stream.iterate(
                        page(stream, 0),
                        page -> !page.isEmpty(),
                        page -> page(stream, page.getLast().version()))
                .flatMap(List::stream)
                .takeWhile(event -> event.version() <= stream.version());
    }

    private List<RecordedEvent> page(StreamOfCustomer stream, long after) {
        return reads.inTurn(() -> journal.events(stream.id(), after, PAGE));
    }

    private AggregateType<?, ?, ?> type(String name) {
        return types.stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no type " + name));
    }
}
