package banking.story;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Takes the spans that a collector would get. */
@ApplicationScoped
public class Spans {

    private static final InMemorySpanExporter TAKEN = InMemorySpanExporter.create();

    @Produces
    @Singleton
    SpanProcessor taker() {
        return SimpleSpanProcessor.create(TAKEN);
    }

    /** Those of one trace that have ended by now. */
    public static List<SpanData> of(String trace) {
        return TAKEN.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(trace))
                .toList();
    }
}
