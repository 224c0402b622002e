package banking.account;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One entry of an account's statement; only the projection writes the row. */
@Entity
@Immutable
@IdClass(StatementLine.Key.class)
class StatementLine extends PanacheEntityBase {

    record Key(UUID accountId, long version) {}

    @Id UUID accountId;
    @Id long version;

    @Enumerated(EnumType.STRING)
    EntryKind kind;

    String currency;
    long amountMinor;
    long balanceMinor;
    @Nullable String reference;
    Instant occurredAt;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it in.
    protected StatementLine() {}

    /**
     * Entries in order. Within an account a later version is never earlier in time, so both ends of
     * a stretch of time are versions, and a page costs the same wherever it lies.
     *
     * @param from the first instant that counts
     * @param to the first instant that does not count any more
     */
    static List<StatementLine> page(
            UUID account, @Nullable Instant from, @Nullable Instant to, long after, int limit) {
        long first = from == null ? after : Math.max(after, versionBefore(account, from));
        long last = to == null ? Long.MAX_VALUE : versionBefore(account, to);
        return StatementLine.<StatementLine>find(
                        "accountId = ?1 and version > ?2 and version <= ?3 order by version",
                        account,
                        first,
                        last)
                .page(0, limit)
                .list();
    }

    private static long versionBefore(UUID account, Instant instant) {
        var line =
                StatementLine.<StatementLine>find(
                                "accountId = ?1 and occurredAt < ?2"
                                        + " order by occurredAt desc, version desc",
                                account,
                                instant)
                        .page(0, 1)
                        .firstResult();
        return line == null ? 0 : line.version;
    }

    /** The last entry at the instant or before it. */
    static @Nullable StatementLine lastAt(UUID account, Instant instant) {
        return StatementLine.<StatementLine>find(
                        "accountId = ?1 and occurredAt <= ?2"
                                + " order by occurredAt desc, version desc",
                        account,
                        instant)
                .page(0, 1)
                .firstResult();
    }
}
