package banking.database;

import banking.events.codec.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of views as a batch reads and writes it: one statement each, whatever the columns. There
 * is one list of them, so what is written of a row does not depend on how it comes to be written.
 */
public final class ViewTable<R> {

    public record Change<R>(R before, R after) {}

    private interface Binding<R> {
        void add(Statements statements, List<R> rows) throws SQLException;
    }

    /**
     * @param type of the values, as they travel
     * @param sql what is stored, made of what has travelled as {@code r}
     */
    private record Column<R>(
            String name,
            boolean key,
            String type,
            String sql,
            Function<R, @Nullable Object> value,
            Binding<R> binding) {

        boolean differs(Change<R> change) {
            return !Objects.equals(value.apply(change.before), value.apply(change.after));
        }
    }

    private final String name;
    private final List<Column<R>> columns = new ArrayList<>();

    public ViewTable(String name) {
        this.name = name;
    }

    public ViewTable<R> key(String column, String type, Function<R, @Nullable Object> value) {
        return add(column, true, type, value);
    }

    /**
     * @param value gives a value whose text the database reads as the type
     */
    public ViewTable<R> with(String column, String type, Function<R, @Nullable Object> value) {
        return add(column, false, type, value);
    }

    private ViewTable<R> add(
            String column, boolean key, String type, Function<R, @Nullable Object> value) {
        Binding<R> binding = (statements, rows) -> statements.add(type, rows, value);
        columns.add(new Column<>(column, key, type, "r." + column, value, binding));
        return this;
    }

    public ViewTable<R> withHash(String column, Function<R, Sha256> value) {
        return with(column, "bytea", row -> value.apply(row).toBytes());
    }

    public ViewTable<R> withLong(String column, ToLongFunction<R> value) {
        Binding<R> binding = (statements, rows) -> statements.addLongs(rows, value);
        columns.add(
                new Column<>(column, false, "bigint", "r." + column, value::applyAsLong, binding));
        return this;
    }

    public ViewTable<R> withTime(String column, Function<R, Instant> value) {
        return withTime(
                column, value::apply, (statements, rows) -> statements.addTimes(rows, value));
    }

    public ViewTable<R> withOptionalTime(String column, Function<R, @Nullable Instant> value) {
        return withTime(
                column,
                value::apply,
                (statements, rows) ->
                        statements.add(
                                "int8",
                                rows,
                                row -> {
                                    var time = value.apply(row);
                                    return time == null ? null : Statements.micros(time);
                                }));
    }

    private ViewTable<R> withTime(
            String column, Function<R, @Nullable Object> value, Binding<R> binding) {
        var sql = "timestamptz 'epoch' + r." + column + " * interval '1 microsecond'";
        columns.add(new Column<>(column, false, "bigint", sql, value, binding));
        return this;
    }

    public <T> List<T> load(
            Statements statements, String where, Collection<UUID> ids, Statements.Reader<T> reader)
            throws SQLException {
        return statements
                .write("select * from " + name + " where " + where)
                .add("uuid", ids, id -> id)
                .query(reader);
    }

    public void insert(Statements statements, List<R> rows) throws SQLException {
        if (!rows.isEmpty()) {
            write(statements, insert(), columns, rows);
        }
    }

    /** Writes rows whole, whether they are there already or not; no key twice. */
    public void upsert(Statements statements, List<R> rows) throws SQLException {
        if (!rows.isEmpty()) {
            var conflict =
                    " on conflict ("
                            + sql(keys(), Column::name)
                            + ") do update set "
                            + sql(values(), c -> c.name + " = excluded." + c.name);
            write(statements, insert() + conflict, columns, rows);
        }
    }

    /**
     * Writes into rows that are there what has changed of them: the columns in which any of them
     * differs from what it was. A batch changes few, and each costs.
     */
    public void update(Statements statements, List<Change<R>> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        var changed = values().stream().filter(c -> changes.stream().anyMatch(c::differs)).toList();
        var travelling = Stream.concat(keys().stream(), changed.stream()).toList();
        var update =
                String.format(
                        Locale.ROOT,
                        "update %s v set %s from %s where (%s) = (%s)",
                        name,
                        sql(changed, c -> c.name + " = " + c.sql),
                        unnested(travelling),
                        sql(keys(), c -> "v." + c.name),
                        sql(keys(), Column::sql));
        write(statements, update, travelling, changes.stream().map(Change::after).toList());
    }

    private String insert() {
        return String.format(
                Locale.ROOT,
                "insert into %s (%s) select %s from %s",
                name,
                sql(columns, Column::name),
                sql(columns, Column::sql),
                unnested(columns));
    }

    private List<Column<R>> keys() {
        return columns.stream().filter(Column::key).toList();
    }

    private List<Column<R>> values() {
        return columns.stream().filter(column -> !column.key).toList();
    }

    private String unnested(List<Column<R>> travelling) {
        return "unnest("
                + sql(travelling, c -> "?::" + c.type + "[]")
                + ") AS r ("
                + sql(travelling, Column::name)
                + ")";
    }

    private static <R> String sql(List<Column<R>> columns, Function<Column<R>, String> each) {
        return columns.stream().map(each).collect(Collectors.joining(", "));
    }

    private static <R> void write(
            Statements statements, String sql, List<Column<R>> columns, List<R> rows)
            throws SQLException {
        statements.write(sql);
        for (var column : columns) {
            column.binding.add(statements, rows);
        }
    }

    public static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant optionalTime(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    public static Sha256 hash(ResultSet row, String column) throws SQLException {
        return Sha256.ofBytes(row.getBytes(column));
    }

    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    public static @Nullable UUID optionalUuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }
}
