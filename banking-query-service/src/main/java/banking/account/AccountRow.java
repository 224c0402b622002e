package banking.account;

import banking.events.codec.Sha256;

/** An account with the hash of its last event, which the next one names. */
record AccountRow(AccountState state, Sha256 hash) {}
