package banking.projection;

import banking.Feed;
import banking.database.Transactions;
import banking.embedded.BankTestResource;
import banking.events.codec.WrittenEvent;
import banking.health.Invariant;
import banking.health.Invariant.Findings;
import banking.parking.Delivery;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** Views in a database schema of their own, which a test fills batch by batch, without Kafka. */
public final class OwnViews implements AutoCloseable {

    private static final int PARTITIONS = 3;
    private static final int CONNECTIONS = 8;

    private final String schema = "views_" + UUID.randomUUID().toString().replace('-', '_');
    private final AgroalDataSource database;
    private final Transactions transactions;
    private final Map<String, ProjectionWriter> writers = new HashMap<>();
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> logs = new TreeMap<>();

    public OwnViews(Iterable<Projection> projections) {
        database = pool(BankTestResource.addresses().jdbcUrl("query") + "?currentSchema=" + schema);
        transactions = new Transactions(database);
        Flyway.configure().dataSource(database).schemas(schema).load().migrate();
        for (var projection : projections) {
            writers.put(
                    projection.topic(),
                    new ProjectionWriter(
                            transactions, projection, Feed.KEYS, NoKeys.from(transactions)));
        }
    }

    private static AgroalDataSource pool(String url) {
        try {
            return AgroalDataSource.from(
                    new AgroalDataSourceConfigurationSupplier()
                            .connectionPoolConfiguration(
                                    pool ->
                                            pool.maxSize(CONNECTIONS)
                                                    .connectionFactoryConfiguration(
                                                            factory ->
                                                                    factory.jdbcUrl(url)
                                                                            .principal(
                                                                                    new NamePrincipal(
                                                                                            "query"))
                                                                            .credential(
                                                                                    new SimplePassword(
                                                                                            "query")))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The record of the event at the end of its partition's log. */
    public ConsumerRecord<byte[], byte[]> append(WrittenEvent event) {
        return append(Feed.record(event));
    }

    ConsumerRecord<byte[], byte[]> append(ProducerRecord<byte[], byte[]> sent) {
        var key = new String(sent.key(), StandardCharsets.UTF_8);
        int partition = Math.floorMod(key.hashCode(), PARTITIONS);
        var log = logs.computeIfAbsent(sent.topic() + "-" + partition, _ -> new ArrayList<>());
        var record =
                new ConsumerRecord<>(sent.topic(), partition, log.size(), sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        log.add(record);
        return record;
    }

    /** All that was appended, by partitions. */
    public List<List<ConsumerRecord<byte[], byte[]>>> logs() {
        return List.copyOf(logs.values());
    }

    /** Takes in what comes next in some partitions, in one batch for each topic. */
    public void take(List<ConsumerRecord<byte[], byte[]>> records) throws SQLException {
        var topics = records.stream().collect(Collectors.groupingBy(ConsumerRecord::topic));
        for (var topic : topics.entrySet()) {
            var partitions =
                    topic.getValue().stream()
                            .collect(
                                    Collectors.groupingBy(
                                            ConsumerRecord::partition,
                                            TreeMap::new,
                                            Collectors.toList()));
            var writer = writers.get(topic.getKey());
            if (writer != null) {
                writer.positions(partitions.keySet());
                writer.apply(
                        partitions.entrySet().stream()
                                .map(
                                        p ->
                                                new Span(
                                                        p.getKey(),
                                                        p.getValue().getFirst().offset(),
                                                        p.getValue().getLast().offset() + 1))
                                .toList(),
                        partitions.values().stream()
                                .flatMap(List::stream)
                                .map(Delivery::read)
                                .toList());
            }
        }
    }

    public Findings check(Invariant invariant, @Nullable Instant readThrough) throws SQLException {
        return transactions.commit(statements -> invariant.check(statements, readThrough));
    }

    public void execute(String sql) throws SQLException {
        transactions.commit(statements -> statements.write(sql));
    }

    /** Everything in all tables, but for when it was written. */
    List<String> rows() throws SQLException {
        var all = new ArrayList<String>();
        for (var table : tables()) {
            all.addAll(
                    transactions.commit(
                            statements ->
                                    statements
                                            .write(
                                                    """
                                                    select '%1$s ' || (to_jsonb(t) - 'parked_at'
                                                        - 'received_at')::text as row
                                                    from %1$s t order by 1"""
                                                            .formatted(table))
                                            .query(row -> row.getString(1))));
        }
        return all;
    }

    /** The tables that have been read by an index, or all through. */
    List<String> read(String how) throws SQLException {
        // What a session has counted is told once its transaction has ended.
        transactions.commit(
                statements ->
                        statements
                                .write("select pg_stat_force_next_flush()")
                                .query(row -> row.getString(1)));
        return transactions.commit(
                statements ->
                        statements
                                .write(
                                        "select relname from pg_stat_user_tables where schemaname = ? and "
                                                + how
                                                + " > 0")
                                .add(schema)
                                .query(row -> row.getString(1)));
    }

    void clear() throws SQLException {
        execute("truncate " + String.join(", ", tables()));
    }

    private List<String> tables() throws SQLException {
        return transactions.commit(
                statements ->
                        statements
                                .write(
                                        """
                                        select table_name from information_schema.tables
                                        where table_schema = ? and table_type = 'BASE TABLE'
                                          and table_name not like 'flyway%' and table_name not like 'audit%'
                                        order by 1""")
                                .add(schema)
                                .query(row -> row.getString(1)));
    }

    @Override
    public void close() throws SQLException {
        execute("DROP SCHEMA " + schema + " CASCADE");
        database.close();
    }
}
