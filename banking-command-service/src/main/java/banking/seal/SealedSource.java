package banking.seal;

import banking.events.codec.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Whether what was sealed then is to be there by now, as all is where nothing else is said. */
    default boolean isKept(Instant sealedAt) {
        return true;
    }

    /** Whether its marks hold too in a database that was put back, as those of a topic do. */
    default boolean isElsewhere() {
        return false;
    }

    /** What a leaf stands for, to show it to somebody; empty where there is no such thing. */
    Optional<Original> original(String name) throws Exception;

    /**
     * @param content all that is kept of it; its digest is that of these very bytes
     * @param link its place in its hash chain
     * @param since when it may have been sealed at the earliest
     */
    record Original(String content, Sha256 link, Instant since) {}

    /**
     * @param leaves may be none, though there is a new mark
     * @param mark what to ask with next; one line
     * @param isLast whether there was no more when it was asked; what has come since can wait for
     *     the next turn
     */
    record Portion(List<Leaf> leaves, String mark, boolean isLast) {}
}
