package banking.policy;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How one policy is doing in this process: a standstill is told once when it begins and ends. */
final class Progress {

    private static final Logger LOG = Logger.getLogger(Progress.class);

    private final String policy;
    private @Nullable String failure;

    Progress(String policy) {
        this.policy = policy;
    }

    synchronized void failed(String why) {
        if (failure == null) {
            LOG.errorf("%s stands still: %s", policy, why);
        }
        failure = why;
    }

    synchronized void well() {
        if (failure != null) {
            LOG.infof("%s goes on", policy);
        }
        failure = null;
    }

    /** Why nothing moves; null when all is well. */
    synchronized @Nullable String failure() {
        return failure;
    }
}
