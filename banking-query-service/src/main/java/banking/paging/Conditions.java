package banking.paging;

import io.quarkus.panache.common.Parameters;
import org.jspecify.annotations.Nullable;

/** The conditions of a query of which some are only there when they are asked for. */
public final class Conditions {

    private final StringBuilder where = new StringBuilder("1 = 1");
    private final Parameters parameters = new Parameters();

    /** Adds a condition on the parameter; none at all for the value null. */
    public Conditions and(String condition, String parameter, @Nullable Object value) {
        if (value != null) {
            and(condition);
            parameters.and(parameter, value);
        }
        return this;
    }

    /** Adds a condition that takes no parameter. */
    public Conditions and(String condition) {
        where.append(" and ").append(condition);
        return this;
    }

    public String orderedBy(String columns) {
        return where + " order by " + columns;
    }

    public Parameters parameters() {
        return parameters;
    }
}
