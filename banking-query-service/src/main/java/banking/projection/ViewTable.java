package banking.projection;

import banking.events.StreamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table of views as a batch reads and writes it: one statement each, whatever the columns. */
public final class ViewTable<R> {

    private record Column<R>(
            String name, boolean key, String type, Function<R, @Nullable Object> value) {

        String fromArray() {
            return type.equals(TIME)
                    ? "timestamptz 'epoch' + " + name + " * interval '1 microsecond'"
                    : name;
        }

        String arrayType() {
            return type.equals(TIME) ? "bigint" : type;
        }
    }

    private static final String TIME = "timestamptz";

    private final String name;
    private final List<Column<R>> columns = new ArrayList<>();

    public ViewTable(String name) {
        this.name = name;
    }

    /** A table with one row per aggregate, which has an id and a version. */
    public static <S extends ViewState> ViewTable<S> ofAggregates(String name) {
        return new ViewTable<S>(name)
                .key("id", "uuid", state -> state.id().value())
                .with("version", "bigint", ViewState::version);
    }

    public ViewTable<R> key(String column, String type, Function<R, @Nullable Object> value) {
        columns.add(new Column<>(column, true, type, value));
        return this;
    }

    /**
     * @param value gives a value whose text the database reads as the type
     */
    public ViewTable<R> with(String column, String type, Function<R, @Nullable Object> value) {
        columns.add(new Column<>(column, false, type, value));
        return this;
    }

    public ViewTable<R> withTime(String column, Function<R, @Nullable Instant> value) {
        return with(
                column,
                TIME,
                row -> {
                    var time = value.apply(row);
                    return time == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, time);
                });
    }

    /**
     * @param where a condition with one parameter, the ids
     */
    public List<R> load(
            Statements statements,
            String where,
            Collection<StreamId> ids,
            Statements.Reader<R> reader)
            throws SQLException {
        return statements
                .write("SELECT * FROM " + name + " WHERE " + where)
                .add("uuid", ids, StreamId::value)
                .query(reader);
    }

    /** Writes rows whole, whether they are there already or not; no key twice. */
    public void upsert(Statements statements, List<R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        statements.write(upsert());
        for (var column : columns) {
            statements.add(column.arrayType(), rows, column.value());
        }
    }

    private String upsert() {
        return String.format(
                Locale.ROOT,
                """
               INSERT INTO %s (%s) SELECT %s FROM unnest(%s) AS r (%2$s)
               ON CONFLICT (%s) DO UPDATE SET %s""",
                name,
                each(_ -> true, Column::name),
                each(_ -> true, Column::fromArray),
                each(_ -> true, c -> "?::" + c.arrayType() + "[]"),
                each(Column::key, Column::name),
                each(c -> !c.key(), c -> c.name() + " = excluded." + c.name()));
    }

    private String each(Predicate<Column<R>> which, Function<Column<R>, String> sql) {
        return columns.stream().filter(which).map(sql).collect(Collectors.joining(", "));
    }

    public static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant optionalTime(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    public static StreamId streamId(ResultSet row, String column) throws SQLException {
        return new StreamId(row.getObject(column, UUID.class));
    }

    public static @Nullable StreamId optionalStreamId(ResultSet row, String column)
            throws SQLException {
        var id = row.getObject(column, UUID.class);
        return id == null ? null : new StreamId(id);
    }
}
