package banking.account;

import banking.events.AccountId;
import banking.paging.Conditions;
import banking.paging.Page;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

@Entity
@Immutable
@IdClass(StatementLine.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills it in.
class StatementLine extends PanacheEntityBase {

    record Key(UUID accountId, long version) {}

    @Id UUID accountId;
    @Id long version;

    @Enumerated(EnumType.STRING)
    EntryKind kind;

    String currency;
    long amountMinor;
    long balanceMinor;
    @Nullable UUID transferId;
    @Nullable UUID counterpartyId;
    @Nullable String reference;
    Instant occurredAt;

    static Page<StatementLine> page(AccountId account, long after, long last, int limit) {
        return new Conditions()
                .and("accountId = :account", "account", account)
                .and("version > :after", "after", after)
                .and("version <= :last", "last", last)
                .page((query, values) -> StatementLine.find(query, values), "version", limit);
    }

    /**
     * Finds the highest version up to {@code newest} all of whose entries happened at times that
     * count. Within an account a later version is never earlier in time, so halving finds it, in at
     * most as many steps as a version has bits.
     *
     * @param counts true up to some instant, false after it
     */
    static long lastVersion(AccountId account, long newest, Predicate<Instant> counts) {
        long low = 0;
        long high = newest;
        while (low < high) {
            long middle = high - (high - low) / 2;
            var line = lastUpTo(account, middle);
            if (line == null || counts.test(line.occurredAt)) {
                low = middle;
            } else {
                high = line.version - 1;
            }
        }
        return low;
    }

    static @Nullable StatementLine lastUpTo(AccountId account, long version) {
        return StatementLine.<StatementLine>find(
                        "accountId = ?1 and version <= ?2 order by version desc",
                        account.value(),
                        version)
                .page(0, 1)
                .firstResult();
    }
}
