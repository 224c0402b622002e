package banking.account;

import banking.paging.Conditions;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A hold as queries see it; only the projection writes the row. */
@Entity
@Immutable
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

    @SuppressWarnings("NullAway.Init") // Hibernate fills it in.
    protected HoldView() {}

    /** An account's holds in the order of their ids; of one status where asked for. */
    static List<HoldView> page(
            UUID account, @Nullable HoldStatus status, @Nullable UUID after, int limit) {
        var conditions =
                new Conditions()
                        .and("accountId = :account", "account", account)
                        .and("status = :status", "status", status)
                        .and("holdId > :after", "after", after);
        return HoldView.<HoldView>find(conditions.orderedBy("holdId"), conditions.parameters())
                .page(0, limit)
                .list();
    }
}
