package banking.account;

import banking.events.CustomerId;
import banking.paging.Conditions;
import banking.paging.Page;
import banking.view.FreshViews;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

@Entity
@Immutable
@SuppressWarnings("NullAway.Init") // Hibernate fills it in.
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

    @Formula(FreshViews.BEHIND_IN + AccountProjection.NAME + FreshViews.END)
    boolean behind;

    @Nullable CustomerId customer() {
        return customerId == null ? null : new CustomerId(customerId);
    }

    long availableMinor() {
        return balanceMinor + overdraftLimitMinor - heldMinor;
    }

    /**
     * Accounts in the order of their ids; of one owner (however typed) or status where asked for.
     */
    static Page<AccountView> page(
            @Nullable String owner,
            @Nullable AccountStatus status,
            @Nullable CustomerId customer,
            @Nullable UUID after,
            int limit) {
        return new Conditions()
                .and(
                        "normalize(lower(owner)) = normalize(lower(:owner))",
                        "owner",
                        owner == null ? null : owner.strip())
                .and("status = :status", "status", status)
                .and("customerId = :customer", "customer", customer)
                .and("id > :after", "after", after)
                .page((query, values) -> AccountView.find(query, values), "id", limit);
    }
}
