package banking.paging;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

public final class EmailDomains {

    /** Anything that could be in a domain, in upper or lower case. */
    public static final String PARAMETER = "[A-Za-z0-9.-]{1,253}";

    private EmailDomains() {}

    /** As rows have it. */
    public static @Nullable String stored(@Nullable String asked) {
        return asked == null ? null : asked.toLowerCase(Locale.ROOT);
    }
}
