package banking.account;

import banking.events.AccountId;
import banking.paging.Conditions;
import banking.paging.Page;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

@Entity
@Immutable
@SuppressWarnings("NullAway.Init") // Hibernate fills it in.
class HoldView extends PanacheEntityBase {

    @Id UUID holdId;
    UUID accountId;
    String currency;
    long amountMinor;
    long capturedMinor;

    @Enumerated(EnumType.STRING)
    HoldStatus status;

    Instant expiresAt;
    @Nullable String reference;
    Instant placedAt;
    @Nullable Instant settledAt;

    /** An account's holds in the order of their ids; of one status where asked for. */
    static Page<HoldView> page(
            AccountId account, @Nullable HoldStatus status, @Nullable UUID after, int limit) {
        return new Conditions()
                .and("accountId = :account", "account", account)
                .and("status = :status", "status", status)
                .and("holdId > :after", "after", after)
                .page((query, values) -> HoldView.find(query, values), "holdId", limit);
    }
}
