package banking.story;

import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.CommandServiceTest;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A sampled request can be followed through all that it leads to, and no other. */
@CommandServiceTest
class TracesTest {

    private static final String CALLER = "b7ad6b7169203331";

    @Inject Traces traces;

    private final String trace = UUID.randomUUID().toString().replace("-", "");

    @Test
    void a_transfer_is_followed_to_its_end() {
        var source = transfer("01");

        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(Spans.of(trace))
                                        .extracting(SpanData::getName)
                                        .contains(
                                                "POST /accounts/{id}/transfers",
                                                "commit batch",
                                                "publish",
                                                "react transfers"));
        var request = one("POST /accounts/{id}/transfers");
        assertThat(request.getParentSpanId()).isEqualTo(CALLER);
        // The events are the request's; what is done with them hangs below it, and is linked to it.
        assertThat(Bank.topic(source).getLast().traceparent()).contains(trace);
        assertThat(Spans.of(trace))
                .filteredOn(span -> span.getParentSpanId().equals(request.getSpanId()))
                .extracting(SpanData::getName)
                .contains("commit batch", "publish", "react transfers");
        assertThat(one("commit batch").getLinks())
                .extracting(LinkData::getSpanContext)
                .extracting(SpanContext::getSpanId)
                .contains(request.getSpanId());
    }

    @Test
    void a_step_for_many_is_linked_to_each_that_is_followed() {
        var parts = List.of(caller("1", "01"), caller("2", "00"), caller("3", "01"));

        traces.step("something", Instant.now(), parts, part -> part).end();

        assertThat(one("something").getParentSpanId()).endsWith("1");
        assertThat(one("something").getLinks())
                .extracting(link -> link.getSpanContext().getSpanId())
                .map(id -> id.substring(id.length() - 1))
                .containsExactly("1", "3");
    }

    private String caller(String last, String flags) {
        return "00-" + trace + "-" + CALLER.replaceFirst(".$", last) + "-" + flags;
    }

    @Test
    void a_request_that_its_caller_does_not_follow_leaves_no_span() {
        var source = transfer("00");

        Bank.awaitQuiet();
        assertThat(Bank.topic(source).getLast().traceparent()).contains(trace);
        assertThat(Spans.of(trace)).isEmpty();
    }

    private String transfer(String flags) {
        var source = Bank.open("10.00");
        teller().header("traceparent", "00-" + trace + "-" + CALLER + "-" + flags)
                .body(
                        """
                        {"to":"%s","amount":"4.00","currency":"EUR"}"""
                                .formatted(Bank.open("0.00")))
                .post("/accounts/{id}/transfers", source)
                .then()
                .statusCode(202);
        return source;
    }

    /** The first of its name. */
    private SpanData one(String name) {
        List<SpanData> all = Spans.of(trace);
        return all.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
    }
}
