package banking.projection;

import static banking.Feed.deposit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.codec.WrittenEvent;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Duplicates, restarts and rivals: every event has its effect once. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class ExactlyOnceTest {

    private static final int ACCOUNTS = 12;
    private static final int VERSIONS = 40;
    private static final int MAX_VERSIONS = 480;

    private final List<UUID> ids = Stream.generate(UUID::randomUUID).limit(ACCOUNTS).toList();
    private final AtomicLong appliedByRival = new AtomicLong();

    @Inject AgroalDataSource database;
    @Inject ProjectionConfig config;
    @Inject @Any Instance<Projection> projections;

    @Test
    void an_event_that_is_delivered_again_changes_nothing() {
        var id = ids.getFirst();
        var events = Feed.account(id, "Ann", 5);
        Feed.send(events);
        Bank.account(id, 5);
        Feed.send(events);
        Feed.send(events[4], events[1]);
        Feed.send(deposit(id, 6));

        assertWhole(id, 6);
    }

    @Test
    void events_that_are_delivered_twice_at_once_have_one_effect() {
        var twice = new ArrayList<WrittenEvent>();
        for (int version = 1; version <= VERSIONS; version++) {
            for (var id : ids) {
                var event = Feed.account(id, "Ben", version)[version - 1];
                twice.add(event);
                twice.add(event);
            }
        }
        Feed.send(twice.toArray(WrittenEvent[]::new));

        ids.forEach(id -> assertWhole(id, VERSIONS));
        assertBooksAgree();
    }

    /** To its group the rival is a consumer that died before it could commit anything. */
    @Test
    void a_consumer_that_kafka_sends_back_to_the_start_goes_on_where_the_views_are()
            throws InterruptedException, SQLException {
        ids.forEach(id -> Feed.send(Feed.account(id, "Cat", 3)));
        ids.forEach(id -> Bank.account(id, 3));
        var before = offsets();

        int version = competeWith(rival("rewound-" + UUID.randomUUID()), "Cat", 4);

        assertThat(offsets())
                .allSatisfy((p, next) -> assertThat(next).isGreaterThanOrEqualTo(before.get(p)));
        ids.forEach(id -> assertWhole(id, version));
        assertBooksAgree();
    }

    /** Each of the two believes that all partitions are its own, so they meet at every batch. */
    @Test
    void two_consumers_of_the_same_partitions_do_every_event_once() throws InterruptedException {
        int version = competeWith(rival("usurper-" + UUID.randomUUID()), "Dan", 1);

        ids.forEach(id -> assertWhole(id, version));
        assertBooksAgree();
    }

    /** Sends event after event until the rival has got hold of some; says how far that was. */
    private int competeWith(Rival rival, String owner, int from) throws InterruptedException {
        rival.start();
        try {
            int version = from;
            sendVersion(owner, version);
            while (version < from + VERSIONS || appliedByRival.get() == 0) {
                assertThat(version).as("events until the rival got one").isLessThan(MAX_VERSIONS);
                version++;
                sendVersion(owner, version);
            }
            return version;
        } finally {
            rival.stop();
        }
    }

    @Test
    void consumers_that_come_and_go_in_the_middle_of_the_traffic_lose_nothing()
            throws InterruptedException {
        for (int round = 0; round < 2; round++) {
            var rival = rival("banking-query.accounts");
            int from = round * 10;
            rival.start();
            for (int version = from + 1; version <= from + 5; version++) {
                sendVersion("Eli", version);
            }
            rival.stop();
            for (int version = from + 6; version <= from + 10; version++) {
                sendVersion("Eli", version);
            }
        }
        ids.forEach(id -> assertWhole(id, 20));
        assertBooksAgree();
    }

    @Test
    void lost_connections_lose_no_event() throws SQLException {
        for (int version = 1; version <= VERSIONS; version++) {
            sendVersion("Fin", version);
            if (version % 10 == 0) {
                cutConnections();
            }
        }
        ids.forEach(id -> assertWhole(id, VERSIONS));
        assertBooksAgree();
    }

    private static void cutConnections() throws SQLException {
        try (var connection =
                        DriverManager.getConnection(BankTestResource.addresses().superuserUrl());
                var statement = connection.createStatement()) {
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'query'");
        }
    }

    @Test
    void wiped_views_are_rebuilt_from_the_topic_as_they_were() throws SQLException {
        sendInTurns("Gil");
        Feed.send(deposit(ids.getFirst(), VERSIONS + 2));
        Bank.awaitParked(ids.getFirst(), 1);
        ids.forEach(id -> assertThat(Bank.account(id, VERSIONS)).isNotNull());
        var others = WholeBank.events();
        Feed.send(others);
        WholeBank.await();
        var before = state();

        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "truncate projection_offset, parked_aggregate, dead_event, "
                            + String.join(", ", WholeBank.TABLES));
        }
        // Whoever reads a topic notices with its next event that it has to start over.
        Feed.send(Feed.account(ids.getLast(), "Gil", 1));
        Feed.send(others);

        Bank.eventually().untilAsserted(() -> assertThat(state()).isEqualTo(before));
        Bank.awaitParked(ids.getFirst(), 1);
    }

    private void sendInTurns(String owner) {
        for (int version = 1; version <= VERSIONS; version++) {
            sendVersion(owner, version);
        }
    }

    private void sendVersion(String owner, int version) {
        Feed.send(
                ids.stream()
                        .map(
                                id ->
                                        version == 1
                                                ? Feed.account(id, owner, 1)[0]
                                                : deposit(id, version))
                        .toArray(WrittenEvent[]::new));
    }

    private static void assertWhole(UUID id, int versions) {
        Bank.account(id, versions)
                .body("version", equalTo(versions))
                .body("behind", equalTo(false))
                .body("balance.amount", equalTo((versions - 1) + ".00"));
        Bank.as("teller")
                .get("/accounts/{id}/statement?limit=500", id)
                .then()
                .body("entries", hasSize(versions - 1))
                .body(
                        "entries.version",
                        equalTo(IntStream.rangeClosed(2, versions).boxed().toList()));
    }

    /** Totals are added up, so they would be the first to show an effect that came twice. */
    private static void assertBooksAgree() {
        Bank.eventually()
                .untilAsserted(
                        () ->
                                Bank.as("auditor")
                                        .get("/ledger/trial-balance")
                                        .then()
                                        .statusCode(200)
                                        .body("currencies.balanced", everyItem(equalTo(true))));
    }

    /** Everything that the views hold. */
    private List<String> state() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                WholeBank.TABLES.stream()
                                        .map("select '%1$s', t::text from %1$s t"::formatted)
                                        .collect(
                                                Collectors.joining(
                                                        " UNION ALL ", "", " order by 1, 2")))) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1) + rows.getString(2));
            }
            return all;
        }
    }

    /** The next offset per partition. */
    private Map<Integer, Long> offsets() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select partition, next from projection_offset where projection = 'accounts'")) {
            var offsets = new HashMap<Integer, Long>();
            while (rows.next()) {
                offsets.put(rows.getInt(1), rows.getLong(2));
            }
            return offsets;
        }
    }

    private Rival rival(String group) {
        return new Rival(
                group,
                projections.stream()
                        .filter(p -> p.name().equals("accounts"))
                        .findFirst()
                        .orElseThrow(),
                config,
                database,
                round -> appliedByRival.addAndGet(round.applied().size()),
                new Progress());
    }
}
