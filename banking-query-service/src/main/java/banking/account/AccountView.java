package banking.account;

import banking.paging.Conditions;
import banking.projection.FreshViews;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** An account as queries see it; only the projection writes the row. */
@Entity
@Immutable
class AccountView extends PanacheEntityBase {

    @Id UUID id;
    long version;

    @Enumerated(EnumType.STRING)
    AccountStatus status;

    String owner;
    @Nullable UUID customerId;
    String currency;
    long balanceMinor;
    long overdraftLimitMinor;
    long heldMinor;
    Instant openedAt;
    Instant updatedAt;

    /** Whether an event waits that could not be applied. */
    @Formula(FreshViews.BEHIND_IN + AccountProjection.NAME + FreshViews.END)
    boolean behind;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it in.
    protected AccountView() {}

    long availableMinor() {
        return balanceMinor + overdraftLimitMinor - heldMinor;
    }

    /**
     * Accounts in the order of their ids; of one owner (however typed) or status where asked for.
     */
    static List<AccountView> page(
            @Nullable String owner,
            @Nullable AccountStatus status,
            @Nullable UUID customer,
            @Nullable UUID after,
            int limit) {
        var conditions =
                new Conditions()
                        .and(
                                "normalize(lower(owner)) = normalize(lower(:owner))",
                                "owner",
                                owner == null ? null : owner.strip())
                        .and("status = :status", "status", status)
                        .and("customerId = :customer", "customer", customer)
                        .and("id > :after", "after", after);
        return AccountView.<AccountView>find(conditions.orderedBy("id"), conditions.parameters())
                .page(0, limit)
                .list();
    }
}
