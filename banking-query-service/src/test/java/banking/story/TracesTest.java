package banking.story;

import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.codec.Sha256;
import banking.events.codec.WrittenEvent;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A sampled request can be followed into the views and through reads, and no other. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class TracesTest {

    private static final String CALLER = "b7ad6b7169203331";

    private final UUID id = UUID.randomUUID();
    private final String trace = UUID.randomUUID().toString().replace("-", "");

    @Test
    void an_event_is_followed_into_the_views_and_a_read_to_its_answer() {
        send("01");
        read("01");

        Bank.eventually()
                .untilAsserted(
                        () ->
                                assertThat(Spans.of(trace))
                                        .allMatch(span -> span.getParentSpanId().equals(CALLER))
                                        .extracting(SpanData::getName)
                                        .containsExactlyInAnyOrder(
                                                "project accounts", "GET /accounts/{id}"));
    }

    @Test
    void what_is_not_followed_leaves_no_span() {
        send("00");
        read("00");

        assertThat(Spans.of(trace)).isEmpty();
    }

    private void send(String flags) {
        var event = Feed.account(id, "Tess", 1)[0];
        var followed =
                new WrittenEvent(
                        event.streamId(),
                        event.version(),
                        event.type(),
                        event.schemaVersion(),
                        event.payload(),
                        event.correlationId(),
                        event.causationId(),
                        event.actor(),
                        event.occurredAt(),
                        traceparent(flags),
                        event.causedBy());
        Feed.send(Feed.KEYS.after(Sha256.NONE, followed));
        Bank.account(id, 1);
    }

    private void read(String flags) {
        Bank.as("teller")
                .header(Traces.HEADER, traceparent(flags))
                .get("/accounts/{id}", id)
                .then()
                .statusCode(200);
    }

    private String traceparent(String flags) {
        return "00-" + trace + "-" + CALLER + "-" + flags;
    }
}
