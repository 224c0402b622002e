package banking.http;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** What becomes known of a request on its way, for the record. */
final class Asked {

    private static final String HERE = Asked.class.getName();

    private volatile @Nullable String operation;
    private volatile @Nullable String code;
    private volatile @Nullable String reason;
    private volatile boolean isInJournal;
    private volatile boolean hasPlace;

    Asked() {}

    static Asked of(RoutingContext request) {
        Asked asked = request.get(HERE);
        if (asked == null) {
            asked = new Asked();
            request.put(HERE, asked);
        }
        return asked;
    }

    /** It is for this operation, as the API's document calls it. */
    void isFor(String name) {
        operation = name;
    }

    /** Null for what is no operation's, or was refused before that was looked for. */
    @Nullable String operation() {
        return operation;
    }

    /** It was refused, for this reason. */
    void wasRefused(String why) {
        code = why;
    }

    @Nullable String code() {
        return code;
    }

    /** An operator has said why. */
    void because(String why) {
        reason = why;
    }

    @Nullable String reason() {
        return reason;
    }

    /** It has led to events, which say who asked for them. */
    void isInJournal() {
        isInJournal = true;
    }

    boolean isKnownToTheJournal() {
        return isInJournal;
    }

    /** The audit trail keeps a place for it. */
    void hasPlace() {
        hasPlace = true;
    }

    boolean isExpected() {
        return hasPlace;
    }
}
