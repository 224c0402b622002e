package banking.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to know of the past.
 *
 * @param actor whose doings; null for everybody's
 * @param aggregate with what; null for anything
 * @param from when it happened at the earliest
 * @param to before when it happened
 * @param after behind what; {@link Place#BEGINNING} for the first page
 */
public record Question(
        @Nullable String actor,
        @Nullable UUID aggregate,
        Instant from,
        Instant to,
        Place after,
        int limit) {

    /** A place in the order of time, which what happened at the same moment has by its id. */
    public record Place(Instant at, UUID id, long number) implements Comparable<Place> {

        public static final Place BEGINNING = new Place(Instant.EPOCH, new UUID(0, 0), 0);

        /** As the database compares it. */
        @Override
        public int compareTo(Place other) {
            int byTime = at.compareTo(other.at);
            if (byTime != 0) {
                return byTime;
            }
            int byId = id.toString().compareTo(other.id.toString());
            return byId != 0 ? byId : Long.compare(number, other.number);
        }
    }
}
