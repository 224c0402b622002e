package banking.projection;

import java.time.Instant;

/**
 * Records of a partition that are taken in together.
 *
 * @param toldAt when the newest of them was sent
 */
record Span(int partition, long from, long next, Instant toldAt) {

    /** One that tells nothing of when anything was sent. */
    Span(int partition, long from, long next) {
        this(partition, from, next, Instant.EPOCH);
    }
}
