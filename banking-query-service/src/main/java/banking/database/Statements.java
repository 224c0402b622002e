package banking.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one transaction, in the order in which they are asked for. Those that only
 * write wait until an answer is needed. A trip costs as much as a dozen rows, so a transaction
 * makes few. Rows are bound as one array per column, for statements that take them through {@code
 * unnest}.
 */
public final class Statements {

    private static final int ALL_AT_ONCE = 0;

    private final Connection connection;
    private final List<String> waiting = new ArrayList<>();
    private final List<@Nullable Object> parameters = new ArrayList<>();
    private final List<@Nullable Expectation> expectations = new ArrayList<>();
    private boolean haveRun;

    private record Expectation(int rows, Supplier<RuntimeException> otherwise) {}

    @FunctionalInterface
    public interface Reader<R> {
        R read(ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    public interface Taker {
        void take(ResultSet row) throws SQLException;
    }

    public Statements(Connection connection) {
        this.connection = connection;
    }

    /** Begins a statement; its further parameters are added next, in their order. */
    public Statements write(String sql, @Nullable Object... values) {
        waiting.add(sql);
        expectations.add(null);
        parameters.addAll(Arrays.asList(values));
        return this;
    }

    /** The statement must write so many rows; where it does not, whatever runs it throws this. */
    public void expecting(int rows, Supplier<RuntimeException> otherwise) {
        expectations.set(expectations.size() - 1, new Expectation(rows, otherwise));
    }

    public Statements add(@Nullable Object value) {
        parameters.add(value);
        return this;
    }

    /** Adds a column. The driver sends arrays of these types in binary, and others as text. */
    public <T> Statements add(String type, Collection<T> rows, Function<T, @Nullable Object> value)
            throws SQLException {
        var values = rows.stream().map(value);
        return add(
                connection.createArrayOf(
                        type,
                        switch (type) {
                            case "text" ->
                                    values.map(text -> Objects.toString(text, null))
                                            .toArray(String[]::new);
                            case "bytea" -> values.toArray(byte[][]::new);
                            case "int4" -> values.toArray(Integer[]::new);
                            case "int8" -> values.toArray(Long[]::new);
                            default -> values.toArray();
                        }));
    }

    /** Numbers of which none is missing, without a box for each. */
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
        var found = new ArrayList<R>();
        each(row -> found.add(reader.read(row)));
        return found;
    }

    /** The same for a query that finds one row at the most. */
    public <R> Optional<R> find(Reader<R> reader) throws SQLException {
        return query(reader).stream().findFirst();
    }

    /** The same for rows that each have a key of their own. */
    public <K, V> Map<K, V> map(Reader<K> key, Reader<V> value) throws SQLException {
        var found = new HashMap<K, V>();
        each(row -> found.put(key.read(row), value.read(row)));
        return found;
    }

    /** Runs what waits, the last of which is a query. */
    public void each(Taker taker) throws SQLException {
        each(ALL_AT_ONCE, taker);
    }

    /** The same for a query that may find more than there is room for. */
    public void each(int page, Taker taker) throws SQLException {
        try (var all = execute(page);
                var rows = all.getResultSet()) {
            while (rows.next()) {
                taker.take(rows);
            }
        }
    }

    /**
     * Runs what waits.
     *
     * @return how many rows the last has written
     * @throws RuntimeException of the first statement that has not written as many rows as it must
     */
    public int run() throws SQLException {
        if (waiting.isEmpty()) {
            return 0;
        }
        try (var all = execute(ALL_AT_ONCE)) {
            return all.getUpdateCount();
        }
    }

    /** Never runs what waits. */
    public void forget() {
        waiting.clear();
        parameters.clear();
        expectations.clear();
    }

    /** Whether one that waits has to be looked at before anything is committed. */
    boolean expectSomething() {
        return expectations.stream().anyMatch(Objects::nonNull);
    }

    /** The statement that is returned has its last result at hand. */
    private PreparedStatement execute(int page) throws SQLException {
        if (haveRun && connection.getAutoCommit()) {
            throw new IllegalStateException("needs a transaction: " + waiting);
        }
        haveRun = true;
        var all = connection.prepareStatement(String.join(";\n", waiting));
        try {
            all.setFetchSize(page);
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
            forget();
        }
    }
}
