package banking.transfer;

import banking.account.FreshAccounts;
import banking.events.AccountId;
import banking.events.TransferId;
import banking.paging.Conditions;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A transfer as queries see it; only {@link TransferRows} writes the row. */
@Entity
@Immutable
@SuppressWarnings("NullAway.Init") // Hibernate fills it in.
class TransferView extends PanacheEntityBase {

    @Id UUID transferId;

    @Enumerated(EnumType.STRING)
    TransferStatus status;

    UUID fromAccount;
    UUID toAccount;
    String currency;
    long amountMinor;
    @Nullable String reference;
    @Nullable String reason;
    Instant requestedAt;
    @Nullable Instant settledAt;

    @Formula(
            "exists (select 1 from parked_aggregate p"
                    + " where p.stream_id = from_account and p.projection = '"
                    + FreshAccounts.PROJECTION
                    + "')")
    boolean behind;

    static @Nullable TransferView of(TransferId id) {
        return findById(id.value());
    }

    /** Transfers from an account, to it, or (for null) both, in the order of their ids. */
    static List<TransferView> page(
            AccountId account, @Nullable Direction direction, @Nullable UUID after, int limit) {
        // One search per direction, so that each follows an index of its own to the limit.
        var out = direction == Direction.in ? none() : page("fromAccount", account, after, limit);
        var in = direction == Direction.out ? none() : page("toAccount", account, after, limit);
        return Stream.of(out, in)
                .flatMap(List::stream)
                // The text of ids sorts as the database sorts ids; Java compares them signed.
                .sorted(Comparator.comparing(transfer -> transfer.transferId.toString()))
                .distinct()
                .limit(limit)
                .toList();
    }

    private static List<TransferView> none() {
        return List.of();
    }

    private static List<TransferView> page(
            String side, AccountId account, @Nullable UUID after, int limit) {
        return new Conditions()
                .and(side + " = :account", "account", account)
                .and("transferId > :after", "after", after)
                .list((query, values) -> TransferView.find(query, values), "transferId", limit);
    }
}
