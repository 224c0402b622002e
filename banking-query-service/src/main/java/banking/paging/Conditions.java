package banking.paging;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conditions of a query of which some are only there when they are asked for. */
public final class Conditions {

    private final StringBuilder where = new StringBuilder("1 = 1");
    private final Map<String, Object> parameters = new HashMap<>();

    /** Adds a condition on the parameter; none at all for the value null. */
    public Conditions and(String condition, String parameter, @Nullable Object value) {
        if (value != null) {
            and(condition).with(parameter, value);
        }
        return this;
    }

    /** Adds a condition that takes no parameter. */
    public Conditions and(String condition) {
        where.append(" and ").append(condition);
        return this;
    }

    /** Adds one more parameter of a condition that has several. */
    public Conditions with(String parameter, Object value) {
        parameters.put(parameter, value);
        return this;
    }

    public String orderedBy(String columns) {
        return where + " order by " + columns;
    }

    public Map<String, Object> parameters() {
        return parameters;
    }
}
