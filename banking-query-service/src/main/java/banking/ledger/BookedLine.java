package banking.ledger;

import banking.account.EntryKind;
import banking.events.AccountId;
import banking.paging.Conditions;
import banking.paging.Page;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * A statement's line as the ledger's entry that it is. The entries are not kept a second time: that
 * would cost the projection as much again as the lines do.
 */
@Entity
@Immutable
@Table(name = "statement_line")
@IdClass(BookedLine.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills it in.
class BookedLine extends PanacheEntityBase {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    record Key(UUID accountId, long version) {}

    @Id UUID accountId;
    @Id long version;

    @Enumerated(EnumType.STRING)
    EntryKind kind;

    String currency;
    long amountMinor;
    @Nullable String reference;
    Instant occurredAt;

    BookingId bookingId() {
        return new BookingId(accountId, version);
    }

    Booking booking() {
        return Booking.of(kind);
    }

    /**
     * Lines in the order of accounts and versions, which is the primary key's: it costs no further
     * index, and a line that is added later never moves one that is there.
     */
    static Page<BookedLine> page(
            @Nullable AccountId account,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable BookingId after,
            int limit) {
        var conditions =
                new Conditions()
                        .and("accountId = :account", "account", account)
                        .and("occurredAt >= :from", "from", within(from))
                        .and("occurredAt < :to", "to", within(to));
        if (after != null) {
            conditions
                    .and(
                            "(accountId, version) > (:afterAccount, :afterVersion)",
                            "afterAccount",
                            after.account())
                    .with("afterVersion", after.version());
        }
        return conditions.page(
                (query, values) -> BookedLine.find(query, values), "accountId, version", limit);
    }

    /** Instants reach further than PostgreSQL's times do; no booking lies out there. */
    private static @Nullable Instant within(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        return time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
    }
}
