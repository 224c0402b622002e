package banking.account;

import banking.events.codec.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * An account with the hash of its last event, which the next one names.
 *
 * @param hash null where the row was written before hashes came with the events
 */
record AccountRow(AccountState state, @Nullable Sha256 hash) {}
