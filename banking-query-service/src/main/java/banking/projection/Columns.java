package banking.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Binds rows as one array per column, for a statement that takes them through {@code unnest}. */
public final class Columns {

    private final Connection connection;
    private final PreparedStatement statement;
    private int bound;

    public Columns(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    public <T> void add(String type, List<T> rows, Function<T, @Nullable Object> value)
            throws SQLException {
        statement.setArray(
                ++bound, connection.createArrayOf(type, rows.stream().map(value).toArray()));
    }

    /** Numbers travel in binary, without a box or a text for each. */
    public <T> void addLongs(List<T> rows, ToLongFunction<T> value) throws SQLException {
        statement.setObject(++bound, rows.stream().mapToLong(value).toArray());
    }

    /** Times travel as numbers as well: microseconds since 1970, as the database keeps them. */
    public <T> void addTimes(List<T> rows, Function<T, Instant> value) throws SQLException {
        addLongs(rows, row -> ChronoUnit.MICROS.between(Instant.EPOCH, value.apply(row)));
    }
}
