package banking.policy;

import static banking.account.AccountType.ACCOUNT;

import banking.account.AccountCommand.UnfreezeAccount;
import banking.events.AccountEvent.AccountFrozen;
import banking.events.AccountId;
import banking.events.Envelope;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A policy with a fault that tests can switch: it unfreezes at once every account that was frozen
 * for the reason {@link #REASON}.
 */
@Singleton
@Unremovable
public class ThawingPolicy {

    static final String REASON = "for the policy's test";

    /** How often the way to the outside still fails. */
    final AtomicInteger failures = new AtomicInteger();

    final AtomicInteger effects = new AtomicInteger();

    volatile boolean broken;

    /** Whether an event passes unseen, as one that Kafka has lost. */
    volatile boolean blind;

    /** What its failure says. */
    volatile String failure = "the policy is broken";

    /** Whether an account that is not frozen any more is a fault. */
    volatile boolean strict;

    @Produces
    @Singleton
    Policy policy() {
        return Policy.named("thawing").on(AccountFrozen.class, AccountId::new, this::thaw);
    }

    private List<Reaction<?, ?, ?>> thaw(AccountId account, Envelope<AccountFrozen> frozen) {
        if (blind || !Objects.equals(frozen.event().reason(), REASON)) {
            return List.of();
        }
        if (broken) {
            throw new IllegalStateException(failure);
        }
        var thaw = Reaction.give(ACCOUNT, account, new UnfreezeAccount()).after(this::reachOutside);
        // Somebody may have been faster.
        return List.of(strict ? thaw : thaw.orElse(rejection -> List.of()));
    }

    private void reachOutside() throws PassingException {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new PassingException("the outside is away", new IOException());
        }
        effects.incrementAndGet();
    }
}
