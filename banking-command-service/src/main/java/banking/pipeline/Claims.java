package banking.pipeline;

import banking.events.StreamId;
import banking.journal.Claim;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who claims what within a batch. */
final class Claims {

    private final Set<Claim> taken;
    private final Map<Claim, StreamId> owners = new HashMap<>();

    /**
     * @param taken what belongs to aggregates outside the batch
     */
    Claims(Set<Claim> taken) {
        this.taken = taken;
    }

    /**
     * What the database has to learn.
     *
     * @param given what does not belong to its owner any more
     * @param made what has a new owner
     */
    record Change(Map<Claim, StreamId> given, Map<Claim, StreamId> made) {}

    /** Takes in what a stream has claimed before the batch. */
    void begin(StreamId id, Working<?, ?> stream) {
        stream.claimsBefore().forEach(claim -> owners.put(claim, id));
    }

    /** Why the stream cannot stand like this; null where nothing that it claims is another's. */
    @Nullable Rejection firstTaken(StreamId id, Working<?, ?> stream) {
        for (var claim : stream.claims()) {
            var outside = taken.contains(claim) && !stream.claimsBefore().contains(claim);
            if (outside || !owners.getOrDefault(claim, id).equals(id)) {
                return new Rejection(
                        claim.kind() + "-taken",
                        "The " + claim.kind() + " belongs to another already.");
            }
        }
        return null;
    }

    void move(StreamId id, Working<?, ?> before, Working<?, ?> after) {
        before.claims().forEach(claim -> owners.remove(claim, id));
        after.claims().forEach(claim -> owners.put(claim, id));
    }

    static Change change(Map<StreamId, Working<?, ?>> streams) {
        var given = new HashMap<Claim, StreamId>();
        var made = new HashMap<Claim, StreamId>();
        streams.forEach(
                (id, stream) -> {
                    stream.claimsBefore().forEach(claim -> given.put(claim, id));
                    stream.claims().forEach(claim -> made.put(claim, id));
                });
        var kept = new HashMap<>(made);
        kept.entrySet().retainAll(given.entrySet());
        given.entrySet().removeAll(kept.entrySet());
        made.entrySet().removeAll(kept.entrySet());
        return new Change(given, made);
    }
}
