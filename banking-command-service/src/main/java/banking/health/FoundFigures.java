package banking.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The metrics of one invariant. Each is there from the first look on that has told it. */
final class FoundFigures {

    private final Map<Figure, AtomicLong> known = new ConcurrentHashMap<>();
    private final Map<String, String> descriptions;
    private final MeterRegistry registry;

    FoundFigures(Map<String, String> descriptions, MeterRegistry registry) {
        this.descriptions = descriptions;
        this.registry = registry;
    }

    /** A metric of which nothing is told stays as it was. */
    void tell(Map<Figure, Long> figures) {
        var told = figures.keySet().stream().map(Figure::metric).collect(Collectors.toSet());
        known.forEach(
                (figure, number) -> {
                    if (told.contains(figure.metric()) && !figures.containsKey(figure)) {
                        number.set(0);
                    }
                });
        figures.forEach(
                (figure, number) -> known.computeIfAbsent(figure, this::register).set(number));
    }

    private AtomicLong register(Figure figure) {
        var number = new AtomicLong();
        var tags = Tags.empty();
        for (var label : figure.labels().entrySet()) {
            tags = tags.and(label.getKey(), label.getValue());
        }
        Gauge.builder(figure.metric(), number, AtomicLong::get)
                .description(descriptions.getOrDefault(figure.metric(), ""))
                .tags(tags)
                .strongReference(true)
                .register(registry);
        return number;
    }
}
