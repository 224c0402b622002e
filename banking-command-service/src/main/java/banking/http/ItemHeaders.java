package banking.http;

import banking.pipeline.Bulk;
import banking.pipeline.CommandContext;
import banking.story.Traces;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a command of a bulk says in the place of headers; the rest is its request's. */
final class ItemHeaders extends CommandHeaders {

    private final Bulk bulk;
    private final Asked asked;
    private @Nullable String story;

    ItemHeaders(BulkCommand command, Asked asked, Bulk bulk, RoutingContext request) {
        this.bulk = bulk;
        this.asked = asked;
        this.request = request;
        idempotencyKeys = listOf(command.idempotencyKey());
        ifMatches = listOf(command.ifMatch());
        correlationId = request.request().getHeader(RequestStories.CORRELATION_ID);
        traceparent = request.request().getHeader(Traces.HEADER);
    }

    private static List<String> listOf(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }

    /**
     * What its command is in.
     *
     * @param otherwise where there is none
     */
    String story(String otherwise) {
        return story == null ? otherwise : story;
    }

    @Override
    CommandContext context(UUID newId, Supplier<String> body) {
        var context = super.context(newId, body).in(bulk);
        story = context.correlationId();
        return context;
    }

    @Override
    Asked onRecord() {
        return asked;
    }

    /** The answer has the story of its request, and the item's result its own. */
    @Override
    void tell(String ofCommand) {}
}
