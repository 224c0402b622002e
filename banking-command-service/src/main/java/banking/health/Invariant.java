package banking.health;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds at every moment, whatever is under way. Every bean of this type is checked
 * again and again in the background; a breach is told by metrics, by the health check and by the
 * log, and takes no process out of readiness.
 */
public interface Invariant {

    /** Names it in the health check. */
    String name();

    /** How often it is checked, as in {@code {bank.books.every}}. */
    String every();

    /** The metrics that tell of it, each with its description. */
    Map<String, String> metrics();

    /**
     * Looks whether it holds.
     *
     * @throws RuntimeException when that cannot be told now; its cause is what is shown
     */
    Findings check();

    /**
     * @param figures of the metrics; a metric that is not among them stays as it was
     * @param breach in words; null where there is none
     */
    record Findings(Map<Figure, Long> figures, @Nullable String breach) {}
}
