package banking.journal;

/**
 * Where a stream stands in the database, locked for the transaction that read it.
 *
 * @param state JSON; empty where only the events tell
 * @param hash the hash of its last event
 */
public record StoredStream(String type, long version, String state, Sha256 hash) {

    public StoredStream withState(String restored) {
        return new StoredStream(type, version, restored, hash);
    }
}
