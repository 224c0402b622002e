package banking.e2e;

import banking.e2e.Collector.Span;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request that its caller follows through the whole bank. */
record Trace(String id) {

    private static final String CALLER = "b7ad6b7169203331";

    static final List<String> OF_TRANSFER =
            List.of(
                    "command POST /accounts/{id}/transfers",
                    "command POST /accounts/{id}/transfers > command commit batch",
                    "command POST /accounts/{id}/transfers > command publish",
                    "command POST /accounts/{id}/transfers > command react transfers",
                    "command POST /accounts/{id}/transfers > command react transfers"
                            + " > command commit batch",
                    "command POST /accounts/{id}/transfers > command react transfers"
                            + " > command publish",
                    "command POST /accounts/{id}/transfers > command react transfers"
                            + " > query project accounts",
                    "command POST /accounts/{id}/transfers > query project accounts",
                    "query GET /transfers/{id}");

    static Trace begun() {
        return new Trace(UUID.randomUUID().toString().replace("-", ""));
    }

    String traceparent() {
        return "00-" + id + "-" + CALLER + "-01";
    }

    /** Each step behind what it was done for, which can be several at once. */
    List<String> told(Collector collector) {
        Map<String, Span> spans =
                collector.spans(id).stream()
                        .collect(Collectors.toMap(Span::id, Function.identity()));
        return spans.values().stream()
                .flatMap(span -> paths(span, spans))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    private static Stream<String> paths(Span span, Map<String, Span> spans) {
        String own = span.service().replaceAll("banking-|-service", "") + " " + span.name();
        if (span.parent().equals(CALLER)) {
            return Stream.of(own);
        }
        List<String> causes = span.links().isEmpty() ? List.of(span.parent()) : span.links();
        return causes.stream()
                .map(spans::get)
                .flatMap(cause -> cause == null ? Stream.of("?") : paths(cause, spans))
                .map(path -> path + " > " + own);
    }
}
