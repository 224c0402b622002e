package banking.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for, and how it ended.
 *
 * @param actor who asked; empty for who has not said it, or could not show it
 * @param roles as what, with spaces between
 * @param operation what, as the API's document calls it; method and path where that has no name
 * @param kind of the aggregate that it was about, as in {@code account}
 * @param aggregate null where the request names none
 * @param status of the answer; {@link #BEGUN} for what is about to be done
 * @param code why it was refused, null where it was not; the true reason, also where the caller was
 *     told another
 * @param address from where the request came
 * @param reason why an operator says it had to be
 */
public record AuditEntry(
        Instant at,
        String actor,
        String roles,
        String operation,
        @Nullable String kind,
        @Nullable UUID aggregate,
        int status,
        @Nullable String code,
        String correlationId,
        String address,
        @Nullable String reason) {

    /** There is no answer yet. */
    public static final int BEGUN = 0;

    /** What no text of the database takes, or no line of a listing. */
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

    private static final int MOST_CHARACTERS = 600;

    /** An entry that cannot be written would hold up all that come after it. */
    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MICROS);
        actor = text(actor);
        roles = text(roles);
        operation = text(operation);
        kind = kind == null ? null : text(kind);
        code = code == null ? null : text(code);
        correlationId = text(correlationId);
        address = text(address);
        reason = reason == null ? null : text(reason);
    }

    private static String text(String given) {
        if (given.length() <= MOST_CHARACTERS
                && given.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return given;
        }
        var cut = given.length() > MOST_CHARACTERS ? given.substring(0, MOST_CHARACTERS) : given;
        return NO_TEXT.matcher(cut).replaceAll("?");
    }
}
