package banking.journal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One statement for many rows: each column of the rows travels as one array. */
final class MultiRow {

    /** How one column is taken from a row. */
    record Column<R>(String sqlType, IntFunction<Object[]> arrays, Function<R, ?> value) {

        private Array of(Connection connection, Collection<? extends R> rows) throws SQLException {
            return connection.createArrayOf(
                    sqlType, rows.stream().map(value::apply).toArray(arrays));
        }
    }

    static <R> Column<R> uuid(Function<R, UUID> value) {
        return new Column<>("uuid", UUID[]::new, value);
    }

    static <R> Column<R> text(Function<R, @Nullable String> value) {
        return new Column<>("text", String[]::new, value);
    }

    static <R> Column<R> int8(Function<R, @Nullable Long> value) {
        return new Column<>("int8", Long[]::new, value);
    }

    static <R> Column<R> int4(Function<R, Integer> value) {
        return new Column<>("int4", Integer[]::new, value);
    }

    static <R> Column<R> bytea(Function<R, byte[]> value) {
        return new Column<>("bytea", byte[][]::new, value);
    }

    private MultiRow() {}

    static Array array(Connection connection, Collection<UUID> ids) throws SQLException {
        return MultiRow.<UUID>uuid(id -> id).of(connection, ids);
    }

    /**
     * Runs the statement once for all rows; its parameters are the columns, in order.
     *
     * @return how many rows it wrote
     */
    @SafeVarargs
    static <R> int write(Connection connection, String sql, List<R> rows, Column<R>... columns)
            throws SQLException {
        if (rows.isEmpty()) {
            return 0;
        }
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.length; i++) {
                statement.setArray(i + 1, columns[i].of(connection, rows));
            }
            return statement.executeUpdate();
        }
    }
}
