package banking.pipeline;

import banking.aggregate.Claim;
import banking.aggregate.Refusal;
import banking.aggregate.Rejection;
import banking.events.StreamId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who claims what within a batch. */
final class Claims {

    private final Set<Claim> taken;
    private final Map<Claim, StreamId> owners = new HashMap<>();
    private final Map<Claim, StreamId> forGood = new HashMap<>();
    private final Set<Claim> everMade = new HashSet<>();

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
     * @param forGood what somebody has who never gives it back
     * @param passing what somebody had in between, which must not be anybody else's either
     */
    record Change(
            Map<Claim, StreamId> given,
            Map<Claim, StreamId> made,
            Map<Claim, StreamId> forGood,
            Set<Claim> passing) {

        boolean isNone() {
            return isForGoodOnly() && forGood.isEmpty();
        }

        /** What must be nobody else's; what somebody gives back by it is free again. */
        Set<Claim> wanted() {
            var wanted = new HashSet<>(passing);
            wanted.addAll(made.keySet());
            wanted.removeAll(given.keySet());
            wanted.addAll(forGood.keySet());
            return wanted;
        }

        boolean isForGoodOnly() {
            return given.isEmpty() && made.isEmpty() && passing.isEmpty();
        }
    }

    /** Takes in what a stream has claimed before the batch. */
    void begin(StreamId id, Working<?, ?> stream) {
        stream.claimsBefore().forEach(claim -> owners.put(claim, id));
    }

    /**
     * Why the stream cannot stand like this; null where nothing that it claims is another's.
     *
     * @param once what it claims for good by its new events, which nobody may have claimed
     */
    @Nullable Rejection firstTaken(StreamId id, Working<?, ?> stream, Set<Claim> once) {
        for (var claim : once) {
            if (taken.contains(claim) || forGood.containsKey(claim)) {
                return rejection(stream.type().takenForGood(), claim);
            }
        }
        for (var claim : stream.claims()) {
            var outside = taken.contains(claim) && !stream.claimsBefore().contains(claim);
            if (outside || !owners.getOrDefault(claim, id).equals(id)) {
                return rejection(stream.type().taken(), claim);
            }
        }
        return null;
    }

    private static Rejection rejection(Refusal taken, Claim claim) {
        return new Rejection(taken, "The " + claim.kind() + " belongs to another already.");
    }

    void move(StreamId id, Working<?, ?> before, Working<?, ?> after, Set<Claim> once) {
        once.forEach(claim -> forGood.put(claim, id));
        before.claims().forEach(claim -> owners.remove(claim, id));
        after.claims().forEach(claim -> owners.put(claim, id));
        everMade.addAll(after.claims());
    }

    Change change(Map<StreamId, Working<?, ?>> streams) {
        var given = new HashMap<Claim, StreamId>();
        var made = new HashMap<Claim, StreamId>();
        streams.forEach(
                (id, stream) -> {
                    stream.claimsBefore().forEach(claim -> given.put(claim, id));
                    stream.claims().forEach(claim -> made.put(claim, id));
                });
        var passing = new HashSet<>(everMade);
        passing.removeAll(given.keySet());
        passing.removeAll(made.keySet());
        var kept = new HashMap<>(made);
        kept.entrySet().retainAll(given.entrySet());
        given.entrySet().removeAll(kept.entrySet());
        made.entrySet().removeAll(kept.entrySet());
        return new Change(given, made, forGood, passing);
    }
}
