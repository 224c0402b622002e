package banking.database;

import static banking.Bank.count;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.CommandServiceTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the services' statements and transactions are, which are the same in both. */
@CommandServiceTest
class StatementsTest {

    private static final String CLAIM =
            "insert into claim (kind, value, stream_id) values (?, ?, ?)";

    @Inject DataSource database;

    private final List<String> trips = new ArrayList<>();
    private final String value = UUID.randomUUID().toString();
    private Transactions transactions;

    /** Real transactions that tell what travels. */
    @BeforeEach
    void listen() {
        transactions =
                new Transactions(
                        FaultyCommits.proxy(
                                DataSource.class,
                                (method, arguments) -> {
                                    var result = method.invoke(database, arguments);
                                    return result instanceof Connection session
                                            ? heard(session)
                                            : result;
                                }));
    }

    private Connection heard(Connection session) {
        return FaultyCommits.proxy(
                Connection.class,
                (method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        trips.add(arguments[0].toString());
                    }
                    return method.invoke(session, arguments);
                });
    }

    private Statements claim(Statements statements) {
        return statements.write(CLAIM).add("test").add(value).add(UUID.randomUUID());
    }

    private long claimed() {
        return count("claim where value = '" + value + "'");
    }

    @Test
    void what_only_writes_travels_with_the_commit() throws SQLException {
        transactions.commit(this::claim);

        assertThat(trips).containsExactly(CLAIM + ";\ncommit");
        assertThat(claimed()).isOne();
    }

    @Test
    void what_is_written_before_a_query_travels_with_it() throws SQLException {
        var all =
                transactions.commit(
                        statements ->
                                claim(statements)
                                        .write("select value from claim where value = ?")
                                        .add(value)
                                        .query(row -> row.getString(1)));

        assertThat(all).containsExactly(value);
        assertThat(trips).hasSize(2).last().isEqualTo("commit");
    }

    @Test
    void what_is_expected_is_looked_at_before_anything_is_committed() throws SQLException {
        assertThatThrownBy(() -> transactions.commit(statements -> claimAndExpect(statements, 2)))
                .hasMessage("expected another");
        assertThat(claimed()).isZero();

        transactions.commit(statements -> claimAndExpect(statements, 1));
        assertThat(claimed()).isOne();
        assertThat(trips).hasSize(3).last().isEqualTo("commit");
    }

    private Statements claimAndExpect(Statements statements, int rows) {
        claim(statements).expecting(rows, () -> new IllegalStateException("expected another"));
        return statements;
    }

    @Test
    void what_the_work_fails_over_is_not_committed() {
        assertThatThrownBy(
                        () ->
                                transactions.commit(
                                        statements -> {
                                            claim(statements).run();
                                            throw new IllegalStateException("no more");
                                        }))
                .hasMessage("no more");
        assertThat(claimed()).isZero();
    }

    @Test
    void a_single_trip_needs_no_commit() throws SQLException {
        transactions.single(this::claim);

        assertThat(trips).containsExactly(CLAIM);
        assertThat(claimed()).isOne();
    }

    @Test
    void a_second_trip_needs_a_transaction() {
        assertThatThrownBy(
                        () ->
                                transactions.single(
                                        statements -> {
                                            statements.write("select 1").run();
                                            return claim(statements);
                                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(claimed()).isZero();
    }

    @Test
    void what_is_forgotten_never_runs() throws SQLException {
        transactions.commit(
                statements -> {
                    claim(statements);
                    statements.forget();
                    return statements;
                });

        assertThat(claimed()).isZero();
    }

    @Test
    void a_page_of_many_rows_is_there_before_the_next_is_looked_for() {
        var taken = new ArrayList<Integer>();

        assertThatThrownBy(
                        () -> transactions.commit(statements -> takeUntilFifty(statements, taken)))
                .hasMessageContaining("division by zero");
        assertThat(taken).hasSize(40);
    }

    private static Statements takeUntilFifty(Statements statements, List<Integer> taken)
            throws SQLException {
        statements
                .write("select n, 1 / (n - 50) from generate_series(1, 100) n")
                .each(
                        10,
                        row -> {
                            taken.add(row.getInt(1));
                            statements.write("select 1").query(one -> one.getInt(1));
                        });
        return statements;
    }

    private record Row(
            @Nullable String text,
            int number,
            @Nullable Long large,
            @Nullable String bytes,
            Instant time,
            @Nullable UUID id,
            double real) {}

    private static byte @Nullable [] bytes(Row row) {
        return row.bytes == null ? null : row.bytes.getBytes(UTF_8);
    }

    private static Row row(ResultSet row) throws SQLException {
        var bytes = row.getBytes(4);
        return new Row(
                row.getString(1),
                row.getInt(2),
                row.getObject(3, Long.class),
                bytes == null ? null : new String(bytes, UTF_8),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getObject(6, UUID.class),
                row.getDouble(7));
    }

    @Test
    void columns_come_as_they_are_given_and_may_have_gaps() throws SQLException {
        var now = Instant.parse("2026-01-02T03:04:05.678901Z");
        var rows =
                List.of(
                        new Row("\"{a},\\ b", 1, 2L, "\u0000x", now, UUID.randomUUID(), 0.5),
                        new Row(null, 0, null, null, now, null, 0));

        var read =
                transactions.single(
                        statements ->
                                statements
                                        .write(
                                                """
                                                select t, i, l, b, at, u, f
                                                from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                                                    as r (t, i, l, b, at, micros, u, f)
                                                where at = timestamptz 'epoch'
                                                    + micros * interval '1 microsecond'""")
                                        .add("text", rows, Row::text)
                                        .add("int4", rows, Row::number)
                                        .add("int8", rows, Row::large)
                                        .add("bytea", rows, StatementsTest::bytes)
                                        .add("timestamptz", rows, Row::time)
                                        .addTimes(rows, Row::time)
                                        .add("uuid", rows, Row::id)
                                        .add("float8", rows, Row::real)
                                        .query(StatementsTest::row));

        assertThat(read).isEqualTo(rows);
    }
}
