package banking.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A transaction's statements, which travel to the database together: those that only write wait
 * until an answer is needed. A trip costs as much as a dozen rows, so a batch makes few. Rows are
 * bound as one array per column, for statements that take them through {@code unnest}.
 */
public final class Statements {

    private final Connection connection;
    private final List<String> waiting = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();
    private final List<@Nullable Expectation> expectations = new ArrayList<>();

    private record Expectation(int rows, Supplier<RuntimeException> otherwise) {}

    @FunctionalInterface
    public interface Reader<R> {
        R read(ResultSet row) throws SQLException;
    }

    public Statements(Connection connection) {
        this.connection = connection;
    }

    /** Begins a statement; its parameters are added next, in their order. */
    public Statements write(String sql) {
        waiting.add(sql);
        expectations.add(null);
        return this;
    }

    /** The statement must write so many rows; where it does not, {@link #run} throws this. */
    public void expecting(int rows, Supplier<RuntimeException> otherwise) {
        expectations.set(expectations.size() - 1, new Expectation(rows, otherwise));
    }

    public Statements add(Object value) {
        parameters.add(value);
        return this;
    }

    public <T> Statements add(String type, Collection<T> rows, Function<T, @Nullable Object> value)
            throws SQLException {
        return add(connection.createArrayOf(type, rows.stream().map(value).toArray()));
    }

    /** Adds a column of bytes, which the driver only knows by the type of their array. */
    public <T> Statements addBytes(Collection<T> rows, Function<T, byte @Nullable []> value)
            throws SQLException {
        return add(
                connection.createArrayOf("bytea", rows.stream().map(value).toArray(byte[][]::new)));
    }

    /** Numbers travel in binary, without a box or a text for each. */
    public <T> Statements addLongs(Collection<T> rows, ToLongFunction<T> value) {
        return add(rows.stream().mapToLong(value).toArray());
    }

    /** Times travel as numbers as well: microseconds since 1970, as the database keeps them. */
    public <T> Statements addTimes(Collection<T> rows, Function<T, Instant> value) {
        return addLongs(rows, row -> micros(value.apply(row)));
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** Runs what waits, the last of which is a query. */
    public <R> List<R> query(Reader<R> reader) throws SQLException {
        try (var all = execute();
                var answer = all.getResultSet()) {
            var found = new ArrayList<R>();
            while (answer.next()) {
                found.add(reader.read(answer));
            }
            return found;
        }
    }

    /** Runs what waits, and gives the connection to whoever has statements of another kind. */
    public Connection connection() throws SQLException {
        run();
        return connection;
    }

    /**
     * Runs what waits.
     *
     * @throws RuntimeException of the first statement that has not written as many rows as it must
     */
    public void run() throws SQLException {
        if (!waiting.isEmpty()) {
            execute().close();
        }
    }

    /** The statement that is returned has its last result at hand. */
    private PreparedStatement execute() throws SQLException {
        var all = connection.prepareStatement(String.join(";\n", waiting));
        try {
            for (int i = 0; i < parameters.size(); i++) {
                all.setObject(i + 1, parameters.get(i));
            }
            all.execute();
            for (int i = 0; i < expectations.size(); i++) {
                if (i > 0) {
                    all.getMoreResults();
                }
                var expected = expectations.get(i);
                if (expected != null && all.getUpdateCount() != expected.rows) {
                    throw expected.otherwise.get();
                }
            }
            return all;
        } catch (SQLException | RuntimeException e) {
            all.close();
            throw e;
        } finally {
            waiting.clear();
            parameters.clear();
            expectations.clear();
        }
    }
}
