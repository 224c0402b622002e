package banking.seal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A way through something that is kept, which can be gone in any number of turns; the verifier goes
 * every bean of this type, over and over.
 */
public interface Walk {

    /** One word, which never changes. */
    String name();

    /** Where it begins. */
    String start();

    /**
     * Goes on for a while.
     *
     * @param until behind which it ends; null where it goes to the end
     */
    Turn goOn(String position, @Nullable Long until, int most) throws Exception;

    /**
     * @param found places that are not as they were written, and why
     * @param position where it goes on; null where it has come to its end
     */
    record Turn(Map<String, String> found, @Nullable String position, long checked) {}
}
