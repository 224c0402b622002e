package banking.journal;

import banking.events.codec.ChainKeys;
import banking.events.codec.RecordedEvent;
import banking.events.codec.Sha256;
import org.jspecify.annotations.Nullable;

/** Walks along a stream's hash chain and remembers where it broke first. */
public final class HashChain {

    private final ChainKeys keys;
    private Sha256 last = Sha256.NONE;
    private long version;
    private @Nullable Break broken;

    public HashChain(ChainKeys keys) {
        this.keys = keys;
    }

    /**
     * @param version the first that is not as it was written
     */
    public record Break(long version, String why) {
        @Override
        public String toString() {
            return "version " + version + " " + why;
        }
    }

    /** Begins behind an event that was taken before. */
    void goOn(long after, Sha256 hash) {
        version = after;
        last = hash;
    }

    /** Takes the next event; the first is the stream's first. */
    public void next(RecordedEvent event) {
        var expected = version + 1;
        if (event.version() != expected) {
            breakAt(expected, "is missing");
        } else if (!event.previous().equals(last)) {
            breakAt(expected, "follows on another event than the one before it");
        } else if (!keys.isIntact(event)) {
            breakAt(expected, "has not the hash of what it says");
        }
        version = event.version();
        last = event.hash();
    }

    /** That event cannot be read, whatever its hash. */
    public void unreadable(long ofVersion, String why) {
        breakAt(ofVersion, "cannot be read: " + why);
    }

    /**
     * All that there is was taken.
     *
     * @param stands the version that the stream stands at
     * @param hash of its last event
     */
    public void end(long stands, Sha256 hash) {
        if (version < stands) {
            breakAt(version + 1, "is missing, the stream stands at version " + stands);
        } else if (version > stands) {
            breakAt(stands + 1, "is one too many, the stream stands at version " + stands);
        } else if (!last.equals(hash)) {
            breakAt(stands, "is another event than the one that the stream stands at");
        }
    }

    /** That nothing vouches for what stands beside the last event. */
    public void edited() {
        breakAt(version, "has a state beside it that was changed");
    }

    /** That the events are all that is left of the stream. */
    public void orphaned() {
        breakAt(version, "is all that is left of the stream, which stands nowhere");
    }

    private void breakAt(long ofVersion, String why) {
        if (broken == null || ofVersion < broken.version) {
            broken = new Break(ofVersion, why);
        }
    }

    /** The link of the event that was taken last. */
    public Sha256 last() {
        return last;
    }

    /** Null as long as every event is as it was written, and none is missing between them. */
    public @Nullable Break broken() {
        return broken;
    }
}
