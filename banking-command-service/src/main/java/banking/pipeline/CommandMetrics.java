package banking.pipeline;

import static java.util.Objects.requireNonNull;

import banking.aggregate.Outcome;
import banking.aggregate.Refusal;
import banking.figures.Buckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times commands by their type. A type's meters are looked for with its first command
 * and only added to from then on.
 */
final class CommandMetrics {

    private final Map<Class<?>, OfType> types = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    CommandMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** How a command has ended. */
    enum End {
        ACCEPTED,
        REJECTED,
        REPEATED,
        OVERLOADED,
        BUSY,
        UNAVAILABLE,
        FAILED;

        static End of(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Done _ -> ACCEPTED;
                case Outcome.Refused _ -> REJECTED;
                case Outcome.NotNow(var reason) -> ofPassing(reason.refusal());
            };
        }

        private static End ofPassing(Refusal refusal) {
            if (refusal == PipelineRefusal.BUSY) {
                return BUSY;
            }
            return refusal == PipelineRefusal.OVERLOADED ? OVERLOADED : UNAVAILABLE;
        }

        static End of(Throwable failure) {
            return failure instanceof UnavailableException ? UNAVAILABLE : FAILED;
        }
    }

    OfType of(Object command) {
        return types.computeIfAbsent(command.getClass(), this::register);
    }

    private OfType register(Class<?> type) {
        var name = type.getSimpleName();
        var ends = new EnumMap<End, Counter>(End.class);
        for (var end : End.values()) {
            ends.put(
                    end,
                    Counter.builder("bank.commands")
                            .description("Commands that were answered")
                            .tag("type", name)
                            .tag("outcome", end.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        var duration =
                Timer.builder("bank.command.duration")
                        .description("From the door of the pipeline to the answer")
                        .tag("type", name)
                        .serviceLevelObjectives(Buckets.ofAnswers())
                        .register(registry);
        return new OfType(ends, duration);
    }

    /** The meters of one type of command. */
    record OfType(Map<End, Counter> ends, Timer duration) {

        /**
         * @param begun when the command came, as {@link System#nanoTime} has it
         */
        void ended(End end, long begun) {
            requireNonNull(ends.get(end)).increment();
            duration.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }
}
