package banking.account;

import banking.events.AccountEvent;
import banking.events.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that the account views have taken in, for whoever makes more of it.
 *
 * @param at when it happened; within an account never earlier than the event before
 * @param entry what it adds to the statement; null for an event that moves no money
 * @param partition where it came from; its writer is the only one to write for this partition
 */
public record AppliedEvent(
        AccountId account,
        long version,
        Instant at,
        AccountEvent event,
        @Nullable Entry entry,
        int partition) {}
