package banking.story;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Follows sampled requests as OpenTelemetry's spans, where an endpoint takes them. What travels
 * from step to step is the text of a W3C traceparent, in commands, events and topics; a step whose
 * requests are not sampled costs a look at its last digit.
 */
@ApplicationScoped
public class Traces {

    /** The header, and the field that a line of the log names the trace by. */
    public static final String HEADER = "traceparent";

    private static final String REQUEST = "request";
    private static final int LENGTH = 55;
    private static final int TRACE_ID = 3;
    private static final int SPAN_ID = 36;
    private static final int FLAGS = 53;

    private final @Nullable Tracer tracer;

    Traces(
            OpenTelemetry telemetry,
            @ConfigProperty(name = "quarkus.otel.exporter.otlp.endpoint") Optional<String> endpoint,
            @ConfigProperty(name = "bank.traces.taken-elsewhere") boolean takenElsewhere) {
        var taken = takenElsewhere || endpoint.filter(url -> !url.isBlank()).isPresent();
        tracer = taken ? telemetry.getTracer("banking") : null;
    }

    /** For what runs outside the service. */
    public static Traces off() {
        return new Traces(OpenTelemetry.noop(), Optional.empty(), false);
    }

    public boolean isOn() {
        return tracer != null;
    }

    public static boolean isSampled(@Nullable String traceparent) {
        return traceparent != null
                && traceparent.length() == LENGTH
                && (Character.digit(traceparent.charAt(LENGTH - 1), 16) & 1) == 1;
    }

    /** The trace's id; empty where there is none. */
    static String traceId(@Nullable String traceparent) {
        return traceparent == null || traceparent.length() < SPAN_ID
                ? ""
                : traceparent.substring(TRACE_ID, SPAN_ID - 1);
    }

    /** What says of whatever follows that it follows from this. */
    public static String traceparent(Span span) {
        var context = span.getSpanContext();
        return "00-"
                + context.getTraceId()
                + "-"
                + context.getSpanId()
                + "-"
                + context.getTraceFlags().asHex();
    }

    /**
     * Begins with a request, where it is sampled: as its caller wants it, or else by chance. Its
     * name is told to the span afterwards, since most need none.
     *
     * @param traceparent of the caller; null where it has sent none
     * @return one that records nothing where it is not sampled
     */
    public Span request(@Nullable String traceparent) {
        var known = tracer;
        if (known == null || (traceparent != null && !isSampled(traceparent))) {
            return Span.getInvalid();
        }
        var span = known.spanBuilder(REQUEST).setSpanKind(SpanKind.SERVER);
        return (traceparent == null ? span.setNoParent() : under(span, traceparent)).startSpan();
    }

    /** Begins a step that one thing alone has led to. */
    public Span step(String name, @Nullable String traceparent) {
        var known = tracer;
        return known == null || traceparent == null || !isSampled(traceparent)
                ? Span.getInvalid()
                : under(known.spanBuilder(name), traceparent).startSpan();
    }

    /**
     * Begins a step that is taken for many together: under the first of those that are sampled, and
     * linked to all of them.
     *
     * @param begun when it has begun
     */
    public <T> Span step(
            String name,
            Instant begun,
            Collection<T> parts,
            Function<T, @Nullable String> traceparent) {
        var known = tracer;
        if (known == null) {
            return Span.getInvalid();
        }
        SpanBuilder span = null;
        for (var part : parts) {
            var cause = traceparent.apply(part);
            if (cause != null && isSampled(cause)) {
                if (span == null) {
                    span = under(known.spanBuilder(name).setStartTimestamp(begun), cause);
                }
                span.addLink(context(cause));
            }
        }
        return span == null
                ? Span.getInvalid()
                : span.setAttribute("bank.parts", parts.size()).startSpan();
    }

    private static SpanBuilder under(SpanBuilder span, String traceparent) {
        return span.setParent(Context.root().with(Span.wrap(context(traceparent))));
    }

    private static SpanContext context(String traceparent) {
        return SpanContext.createFromRemoteParent(
                traceparent.substring(TRACE_ID, SPAN_ID - 1),
                traceparent.substring(SPAN_ID, FLAGS - 1),
                TraceFlags.getSampled(),
                TraceState.getDefault());
    }
}
