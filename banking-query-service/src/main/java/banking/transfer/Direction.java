package banking.transfer;

/** Which way money went, as a query parameter says it. */
enum Direction {
    in,
    out
}
