package banking.account;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Parameters;
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
    String currency;
    long balanceMinor;
    long overdraftLimitMinor;
    Instant openedAt;
    Instant updatedAt;

    /** Whether an event waits that could not be applied. */
    @Formula(
            "exists (select 1 from parked_aggregate p"
                    + " where p.projection = '"
                    + AccountProjection.NAME
                    + "' and p.stream_id = id)")
    boolean behind;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it in.
    protected AccountView() {}

    static @Nullable AccountView of(UUID id) {
        return findById(id);
    }

    /** The version that the view has; 0 for an account that it does not know. */
    static long versionOf(UUID id) {
        var version =
                find("select a.version from AccountView a where a.id = ?1", id)
                        .project(Long.class)
                        .firstResult();
        return version == null ? 0 : version;
    }

    /** Accounts in the order of their ids; of one owner (in any case) or status where asked for. */
    static List<AccountView> page(
            @Nullable String owner,
            @Nullable AccountStatus status,
            @Nullable UUID after,
            int limit) {
        var where = new StringBuilder("1 = 1");
        var parameters = new Parameters();
        if (owner != null) {
            where.append(" and lower(owner) = lower(:owner)");
            parameters.and("owner", owner);
        }
        if (status != null) {
            where.append(" and status = :status");
            parameters.and("status", status);
        }
        if (after != null) {
            where.append(" and id > :after");
            parameters.and("after", after);
        }
        return AccountView.<AccountView>find(where + " order by id", parameters)
                .page(0, limit)
                .list();
    }
}
