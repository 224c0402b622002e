package banking.database;

import static org.assertj.core.api.Assertions.assertThat;

import banking.CommandServiceTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/**
 * The bank can be spread over several servers by its streams: a server keeps a constraint alone
 * where the constraint has the column by which the rows are spread.
 */
@CommandServiceTest
class ShardingTest {

    private static final Set<String> BY_STREAM =
            Set.of(
                    "event",
                    "stream",
                    "refused_stream",
                    "parked_matter",
                    "skipped_matter",
                    "recovered_stream");

    /** The shard is a hash of the stream's id: a server that has the shard has its streams. */
    private static final Set<String> BY_SHARD = Set.of("outbox", "outbox_shard");

    /**
     * What must be unique wherever its stream is: an address that one customer has, a command whose
     * repetition brings nothing but its id, and the day of a teller. They go by that, so that a
     * transaction with one of them may need two servers.
     */
    private static final Map<String, String> BY_THEMSELVES =
            Map.of(
                    "claim",
                    "value",
                    "processed_command",
                    "command_id",
                    "customer_key",
                    "customer_id",
                    "teller_day",
                    "teller",
                    "audit_entry",
                    "chain",
                    "given_command",
                    "batch");

    /** A few rows, which every server can have. */
    private static final Set<String> EVERYWHERE =
            Set.of(
                    "currency",
                    "flyway_schema_history",
                    "policy_sweep",
                    "log_mark",
                    "seal",
                    "sealed_source",
                    "sealing",
                    "verification",
                    "finding");

    @Inject Flyway flyway;

    @Test
    void every_unique_constraint_has_the_column_that_its_table_is_spread_by() throws SQLException {
        try (var session = flyway.getConfiguration().getDataSource().getConnection()) {
            assertThat(unspreadable(session)).isEmpty();
        }
    }

    @Test
    void one_that_has_not_is_found() throws SQLException {
        try (var session = flyway.getConfiguration().getDataSource().getConnection()) {
            session.setAutoCommit(false);
            try (var statement = session.createStatement()) {
                statement.execute("create unique index planted on refused_stream (topic)");
                statement.execute("create table forgotten (id bigint primary key)");
            }
            assertThat(unspreadable(session)).containsExactly("forgotten_pkey", "planted");
            session.rollback();
        }
    }

    @Test
    void no_row_refers_to_one_that_may_be_on_another_server() throws SQLException {
        try (var session = flyway.getConfiguration().getDataSource().getConnection();
                var statement = session.createStatement();
                var references =
                        statement.executeQuery(
                                "select conname from pg_constraint where contype = 'f'"
                                        + " and connamespace = 'public'::regnamespace")) {
            assertThat(references.next()).isFalse();
        }
    }

    /** The unique indexes that no server could keep alone. */
    private static Set<String> unspreadable(Connection session) throws SQLException {
        var found = new TreeSet<String>();
        var columns = new TreeMap<String, String>(BY_THEMSELVES);
        BY_STREAM.forEach(table -> columns.put(table, "stream_id"));
        BY_SHARD.forEach(table -> columns.put(table, "shard"));
        try (var statement = session.createStatement();
                var indexes =
                        statement.executeQuery(
                                """
                                select c.relname as "table", i.indexrelid::regclass::text as index,
                                    array(select a.attname::text from pg_attribute a
                                        where a.attrelid = c.oid and a.attnum = any (i.indkey))
                                        as columns
                                from pg_index i join pg_class c on c.oid = i.indrelid
                                where i.indisunique and c.relnamespace = 'public'::regnamespace\
                                """)) {
            while (indexes.next()) {
                var table = indexes.getString("table");
                var names = Arrays.asList((String[]) indexes.getArray("columns").getArray());
                if (!EVERYWHERE.contains(table) && !names.contains(columns.get(table))) {
                    found.add(indexes.getString("index"));
                }
            }
        }
        return found;
    }
}
