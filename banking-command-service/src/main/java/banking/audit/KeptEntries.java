package banking.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which part of the trail is to be there: what the configuration says, and no table could. */
@ApplicationScoped
class KeptEntries {

    private final Optional<Duration> age;
    private final List<Time> lost;
    private final Clock clock = Clock.systemUTC();

    KeptEntries(
            @ConfigProperty(name = "bank.audit.kept-for") Optional<Duration> age,
            @ConfigProperty(name = "bank.audit.lost") Optional<List<String>> lost) {
        this.age = age;
        this.lost = lost.orElse(List.of()).stream().map(Time::parse).toList();
    }

    /** From an instant on, and before another. */
    private record Time(Instant from, Instant to) {

        static Time parse(String text) {
            var words = text.strip().split("/", 2);
            if (words.length != 2) {
                throw new IllegalArgumentException(text + " is not two instants and a / between");
            }
            return new Time(Instant.parse(words[0]), Instant.parse(words[1]));
        }

        boolean has(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    Optional<Duration> age() {
        return age;
    }

    /** Whether what was sealed then may be gone because it was old enough, or was lost. */
    boolean mayBeGone(Instant sealedAt) {
        var isOld = age.map(clock.instant()::minus).map(sealedAt::isBefore).orElse(false);
        return isOld || isLost(sealedAt);
    }

    boolean isLost(Instant sealedAt) {
        return lost.stream().anyMatch(each -> each.has(sealedAt));
    }
}
