package banking.projection;

import org.jspecify.annotations.Nullable;

/**
 * What came of trying what waits behind an aggregate again.
 *
 * @param applied how many events the views took in
 * @param queued how many records still wait
 * @param reason why the first of those could not be applied
 */
public record Replay(long applied, long queued, @Nullable String reason) {

    boolean isUnfinished() {
        return queued > 0 && reason == null;
    }
}
