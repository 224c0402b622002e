package banking.projection;

import org.jspecify.annotations.Nullable;

/** How one projection is doing in this process, for health and metrics. */
final class Progress {

    private volatile @Nullable String failure = "starting";

    void failed(Throwable why) {
        failure = Reason.of(why);
    }

    void stopped() {
        failure = "stopped";
    }

    void well() {
        failure = null;
    }

    /** Why nothing moves; null when all is well. */
    @Nullable String failure() {
        return failure;
    }
}
