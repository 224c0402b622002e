package banking.journal;

/**
 * Where a stream stands in the database, locked for the transaction that read it.
 *
 * @param state JSON
 * @param hash the hash of its last event
 */
public record StoredStream(String type, long version, String state, Sha256 hash) {}
