package banking.paging;

import banking.events.AggregateId;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conditions of a list of which some are only there when they are asked for. */
public final class Conditions {

    private final StringBuilder where = new StringBuilder("1 = 1");
    private final Map<String, Object> parameters = new HashMap<>();

    @FunctionalInterface
    public interface Find<R> {
        PanacheQuery<R> find(String query, Map<String, Object> parameters);
    }

    /** Adds a condition on the parameter; none at all for the value null. */
    public Conditions and(String condition, String parameter, @Nullable Object value) {
        if (value != null) {
            and(condition).with(parameter, value);
        }
        return this;
    }

    /** The same for an id, of which the row has the value. */
    public Conditions and(String condition, String parameter, @Nullable AggregateId<?> id) {
        return and(condition, parameter, id == null ? null : id.value());
    }

    public Conditions and(String condition) {
        where.append(" and ").append(condition);
        return this;
    }

    public Conditions with(String parameter, Object value) {
        parameters.put(parameter, value);
        return this;
    }

    public <R> List<R> list(Find<R> rows, String order, int limit) {
        return rows.find(where + " order by " + order, parameters).page(0, limit).list();
    }

    public <R> Page<R> page(Find<R> rows, String order, int limit) {
        return Page.of(list(rows, order, limit + 1), limit);
    }
}
