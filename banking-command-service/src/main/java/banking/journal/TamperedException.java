package banking.journal;

import banking.events.StreamId;

/** A stream is not as the bank wrote it, so nothing is decided on it. */
public final class TamperedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TamperedException(StreamId stream, HashChain.Break broken) {
        super(stream + " is not as it was written: " + broken);
    }
}
