package banking.health;

import banking.database.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds at every moment, whatever is under way, as for a projection's views. Every
 * bean of this type is checked again and again in the background; a breach is told by metrics, by
 * the health check and by the log, and takes no process out of readiness.
 */
public interface Invariant {

    /** Names it in the health check and in the age of its figures. */
    String name();

    /** Whose views it holds for; empty where it is of none. */
    default Optional<String> projection() {
        return Optional.empty();
    }

    Duration every();

    Map<String, String> metrics();

    /**
     * Looks whether it holds.
     *
     * @param readThrough all that had come to the projection's topic by then is in the views; null
     *     where that is unknown
     */
    Findings check(Statements statements, @Nullable Instant readThrough) throws SQLException;

    record Findings(Map<Figure, Long> figures, Map<String, String> breaches) {}
}
