package banking.health;

import static banking.Feed.deposit;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.Feed;
import banking.database.Transactions;
import banking.embedded.BankTestResource;
import banking.events.StreamId;
import banking.events.codec.WrittenEvent;
import banking.inspection.NamelessRecords;
import banking.inspection.NamelessRecords.Place;
import banking.projection.CustomerKeys;
import banking.projection.Databases;
import banking.projection.PlayedChannel;
import banking.projection.ProjectionConfig;
import banking.projection.Projections;
import banking.projection.VersionWaits;
import banking.projection.Versions;
import banking.story.Traces;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever keeps a projection from reading is said, once, and is over by itself where it can. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class StandstillTest {

    private static final Map<String, Object> KAFKA =
            Map.of("bootstrap.servers", BankTestResource.addresses().bootstrapServers());

    private static final PatternFormatter FORMAT = new PatternFormatter("%p %s");

    private final String topic = "standstill-" + UUID.randomUUID();
    private final Versions versions = new Versions(topic);
    private final UUID id = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Handler listener = listener();
    private final Admin admin = Admin.create(KAFKA);

    private final ProjectionConfig config =
            new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(ProjectionConfig.class)
                    .withDefaultValue("bank.projection.look-every", "100ms")
                    .withDefaultValue("bank.projection.patience", "1500ms")
                    .withDefaultValue("bank.projection.log-end-timeout", "300ms")
                    .build()
                    .getConfigMapping(ProjectionConfig.class);

    @Inject AgroalDataSource database;
    @Inject NamelessRecords namelessRecords;
    @Inject CustomerKeys keys;

    /** What one process runs. */
    private record Reader(
            Projections projections, PlayedChannel channel, Watch watch, LogEnds logEnds) {

        void stop() throws InterruptedException {
            watch.stop(new ShutdownEvent());
            projections.stop(new ShutdownEvent());
            channel.stop();
            logEnds.close();
        }
    }

    private Reader start(DataSource views, Map<String, Object> kafka) {
        var transactions = new Transactions(views);
        var projections =
                new Projections(
                        config,
                        List.of(versions),
                        transactions,
                        keys,
                        new VersionWaits(config),
                        Traces.off(),
                        Feed.KEYS,
                        registry);
        var logEnds = new LogEnds(kafka, config);
        var watch = new Watch(projections, config, transactions, logEnds, registry);
        var settings = new HashMap<>(kafka);
        settings.put("group.instance.id", "standstill");
        var channel = PlayedChannel.of(settings, projections, versions);
        channel.start();
        watch.start(new StartupEvent());
        return new Reader(projections, channel, watch, logEnds);
    }

    private Handler listener() {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                var text = FORMAT.format(line);
                if (text.contains(versions.name())) {
                    log.add(text);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @BeforeEach
    void listen() {
        Logger.getLogger(Watch.class.getName()).addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        Logger.getLogger(Watch.class.getName()).removeHandler(listener);
        admin.close();
    }

    private void createTopic() throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }

    private void send(WrittenEvent... events) {
        Arrays.stream(events)
                .map(Feed::record)
                .map(r -> new ProducerRecord<>(topic, null, r.key(), r.value(), r.headers()))
                .forEach(Feed::sendRecord);
    }

    private void awaitFailure(Reader reader, String... texts) {
        Bank.eventually()
                .untilAsserted(
                        () ->
                                assertThat(reader.watch.failures().get(versions.name()))
                                        .contains(texts));
        Bank.eventually().untilAsserted(() -> assertThat(standstill()).isPositive());
        assertThat(log).hasSize(1).first().asString().startsWith("ERROR").contains(texts);
    }

    private void awaitRecovery(Reader reader) {
        Bank.eventually().untilAsserted(() -> assertThat(standstill()).isZero());
        Bank.eventually()
                .untilAsserted(
                        () -> assertThat(reader.watch.failures().get(versions.name())).isNull());
        assertThat(log).hasSize(2).last().asString().startsWith("INFO").contains("goes on");
    }

    private double standstill() {
        return registry.get("bank.standstill").gauge().value();
    }

    private void await(UUID account, long version) {
        Bank.eventually().untilAsserted(() -> assertThat(versions.of(account)).isEqualTo(version));
    }

    @Test
    void a_log_that_was_deleted_before_it_was_read_holds_up_only_those_who_miss_something()
            throws ExecutionException, InterruptedException, SQLException {
        createTopic();
        send(Feed.account(id, "Ada", 2));
        send(Feed.account(other, "Bea", 2));
        var reader = start(database, KAFKA);
        await(other, 2);
        reader.stop();
        registry.clear();

        send(deposit(id, 3), deposit(id, 4));
        admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(6)))
                .all()
                .get();
        reader = start(database, KAFKA);
        send(deposit(id, 5), deposit(other, 3));

        await(other, 3);
        assertThat(versions.of(id)).isEqualTo(2);
        Bank.eventually().until(() -> stored().parked(versions) == 1);
        assertThat(stored().nameless(versions)).isOne();
        assertThat(reasonsOfParked()).containsExactly("versions 3 to 4 are missing");
        assertThat(namelessRecords.page(versions, false, Place.START, 10))
                .extracting(NamelessRecords.Nameless::reason)
                .containsExactly("the records 4 to 5 are gone: the log begins at 6");
        // Told anew they close the gap, whoever reads on.
        send(deposit(id, 3), deposit(id, 4));
        await(id, 5);
        assertThat(reader.watch.failures().get(versions.name())).isNull();
        reader.stop();
    }

    private Stored stored() throws SQLException {
        return Stored.read(new Transactions(database));
    }

    private List<String> reasonsOfParked() throws SQLException {
        return new Transactions(database)
                .commit(
                        statements ->
                                statements
                                        .write(
                                                "select reason from parked_aggregate where projection = ?")
                                        .add(versions.name())
                                        .query(row -> row.getString(1)));
    }

    @Test
    void a_topic_that_was_made_anew_is_read_from_its_beginning()
            throws ExecutionException, InterruptedException {
        createTopic();
        send(Feed.account(id, "Cleo", 4));
        var reader = start(database, KAFKA);
        await(id, 4);

        admin.deleteTopics(List.of(topic)).all().get();
        awaitFailure(reader, topic);
        createTopic();
        send(deposit(id, 4), deposit(id, 5));

        await(id, 5);
        awaitRecovery(reader);
        reader.stop();
    }

    @Test
    void a_topic_that_is_missing_is_named() throws ExecutionException, InterruptedException {
        var reader = start(database, KAFKA);

        awaitFailure(reader, "Kafka does not say where " + topic + " ends");

        createTopic();
        send(Feed.account(id, "Dora", 2));
        await(id, 2);
        awaitRecovery(reader);
        reader.stop();
    }

    @Test
    void partitions_that_somebody_keeps_without_reading_them_are_reported()
            throws ExecutionException, InterruptedException {
        createTopic();
        var settings = new HashMap<>(KAFKA);
        settings.put("group.id", "banking-query." + versions.name());
        settings.put("group.instance.id", "0-comes-first");
        try (var idler =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            idler.subscribe(List.of(topic));
            Bank.eventually()
                    .until(
                            () -> {
                                idler.poll(Duration.ofMillis(100));
                                return !idler.assignment().isEmpty();
                            });
            var reader = start(database, KAFKA);
            send(Feed.account(id, "Edna", 2));

            Bank.eventually()
                    .until(
                            () -> {
                                idler.poll(Duration.ofMillis(100));
                                return reader.watch.failures().get(versions.name()) != null;
                            });
            awaitFailure(reader, "2 records of partition 0", "another process reads, or nobody");

            idler.close(
                    CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
            await(id, 2);
            awaitRecovery(reader);
            reader.stop();
        }
    }

    @Test
    void a_batch_that_hangs_is_reported() throws ExecutionException, InterruptedException {
        createTopic();
        var free = new CountDownLatch(1);
        versions.hindrance =
                _ -> {
                    try {
                        free.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                };
        send(Feed.account(id, "Fay", 3));
        var reader = start(database, KAFKA);

        awaitFailure(reader, "3 records of partition 0", "this process reads");
        assertThat(health(reader).getData().orElseThrow())
                .hasEntrySatisfying(
                        versions.name(), text -> assertThat(text).asString().contains("3 records"));
        // All processes read the same views: they would all be taken out at once.
        assertThat(health(reader).getStatus()).isEqualTo(Status.UP);

        free.countDown();
        await(id, 3);
        awaitRecovery(reader);
        reader.stop();
    }

    private HealthCheckResponse health(Reader reader) {
        return new ProjectionHealth(reader.projections, config, reader.watch)
                .call()
                .await()
                .indefinitely();
    }

    @Test
    void kafka_that_is_away_is_reported() throws InterruptedException {
        var reader = start(database, Map.of("bootstrap.servers", "127.0.0.1:1"));

        awaitFailure(reader, "Kafka does not say where " + topic + " ends");
        assertThat(health(reader).getStatus()).isEqualTo(Status.UP);
        reader.stop();
    }

    @Test
    void a_database_that_does_not_answer_is_reported_and_asked_by_nobody_who_wants_to_know()
            throws ExecutionException, InterruptedException {
        createTopic();
        var hangs = new CountDownLatch(1);
        var silent = Databases.hanging(database, hangs);
        var reader = start(silent, KAFKA);
        send(Feed.account(id, "Gwen", 2));

        awaitFailure(reader, "the database does not say how far it is: no answer");
        Bank.eventually().until(() -> health(reader).getStatus() == Status.DOWN);
        assertThat(registry.get("bank.projection.parked.aggregates").gauge().value()).isNaN();
        assertThat(
                        registry.get("bank.figures.age")
                                .tag("figures", "projections")
                                .timeGauge()
                                .value(TimeUnit.SECONDS))
                .isGreaterThan(1);

        hangs.countDown();
        await(id, 2);
        awaitRecovery(reader);
        Bank.eventually().until(() -> health(reader).getStatus() == Status.UP);
        reader.stop();
    }

    @Test
    void the_marks_of_transactions_are_no_records_that_wait()
            throws ExecutionException, InterruptedException, SQLException {
        createTopic();
        var reader = start(database, KAFKA);
        var settings = new HashMap<>(KAFKA);
        settings.put("transactional.id", topic);
        try (var producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            for (var event : Feed.account(id, "Hope", 3)) {
                var record = Feed.record(event);
                producer.beginTransaction();
                var _ =
                        producer.send(
                                new ProducerRecord<>(
                                        topic,
                                        null,
                                        record.key(),
                                        record.value(),
                                        record.headers()));
                producer.commitTransaction();
            }
        }
        // A channel tells nothing of a mark before the record after it.
        send(deposit(id, 4));

        await(id, 4);
        Bank.eventually()
                .until(
                        () ->
                                Stored.read(new Transactions(database))
                                        .next(versions)
                                        .equals(Map.of(0, 7L)));
        assertThat(log).isEmpty();
        reader.stop();
    }

    @Test
    void all_that_runs_stops_at_once() throws ExecutionException, InterruptedException {
        createTopic();
        send(Feed.account(id, "Ida", 2));
        var readers = new ArrayList<Reader>();
        readers.add(start(database, KAFKA));
        await(id, 2);
        readers.add(start(database, Map.of("bootstrap.servers", "127.0.0.1:1")));

        long begun = System.nanoTime();
        for (var reader : readers) {
            reader.stop();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(versions.seen).containsEntry(new StreamId(id), 2L);
    }
}
