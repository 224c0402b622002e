package banking.seal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that is only ever added to, and whose new parts are sealed; every bean of this type.
 */
public interface SealedSource {

    /** One word, which never changes. */
    String name();

    /**
     * What has come behind a mark, oldest first. Only one process asks at a time.
     *
     * @param mark behind what was sealed last; null where nothing was
     * @param most leaves
     * @throws Exception when it cannot be told now; it is asked again
     */
    Portion next(@Nullable String mark, int most) throws Exception;

    /**
     * What leaves are by now.
     *
     * @param names of one seal of this source
     * @return by name; without those that are gone
     */
    Map<String, Leaf> now(List<String> names) throws Exception;

    /**
     * @param leaves may be none, though there is a new mark
     * @param mark what to ask with next; one line
     * @param isLast whether there was no more when it was asked; what has come since can wait for
     *     the next turn
     */
    record Portion(List<Leaf> leaves, String mark, boolean isLast) {}
}
