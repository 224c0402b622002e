package banking.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Takes what the services tell about the requests that they follow, as a collector would. */
final class Collector implements AutoCloseable {

    /**
     * @param parent the id of the one that it hangs below
     * @param links the ids of all that it was done for
     */
    record Span(
            String service,
            String name,
            String trace,
            String id,
            String parent,
            List<String> links) {}

    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    private Collector(HttpServer server) {
        this.server = server;
    }

    static Collector start() {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Collector collector = new Collector(server);
            server.createContext("/v1/traces", collector::take);
            server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing is followed but what a caller wants to be. */
    Map<String, String> settings() {
        return Map.of(
                "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL",
                "http/protobuf",
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY",
                "200ms",
                "QUARKUS_OTEL_TRACES_SAMPLER_ARG",
                "0");
    }

    /** Those that have ended by now. */
    List<Span> spans(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
                    .getResourceSpansList()
                    .stream()
                    .flatMap(Collector::spans)
                    .forEach(spans::add);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Stream<Span> spans(ResourceSpans of) {
        String service =
                of.getResource().getAttributesList().stream()
                        .filter(attribute -> attribute.getKey().equals("service.name"))
                        .map(attribute -> attribute.getValue().getStringValue())
                        .findFirst()
                        .orElseThrow();
        HexFormat hex = HexFormat.of();
        return of.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .map(
                        span ->
                                new Span(
                                        service,
                                        span.getName(),
                                        hex.formatHex(span.getTraceId().toByteArray()),
                                        hex.formatHex(span.getSpanId().toByteArray()),
                                        hex.formatHex(span.getParentSpanId().toByteArray()),
                                        span.getLinksList().stream()
                                                .map(l -> l.getSpanId().toByteArray())
                                                .map(hex::formatHex)
                                                .toList()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
