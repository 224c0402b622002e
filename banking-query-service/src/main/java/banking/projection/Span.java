package banking.projection;

/**
 * A stretch of a partition.
 *
 * @param from the offset of its first record
 * @param next the offset after its last
 */
record Span(int partition, long from, long next) {}
