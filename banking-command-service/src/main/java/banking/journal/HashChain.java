package banking.journal;

import banking.events.codec.RecordedEvent;
import banking.events.codec.Sha256;

/** Walks along a stream's hash chain and remembers whether it held. */
public final class HashChain {

    private Sha256 previous = Sha256.NONE;
    private boolean intact = true;

    /** Takes the next event; the first is the stream's first. */
    public void next(RecordedEvent event) {
        intact &= event.previous().equals(previous) && event.isIntact();
        previous = event.hash();
    }

    /** Whether every event so far is as it was written, and none is missing between them. */
    public boolean intact() {
        return intact;
    }
}
