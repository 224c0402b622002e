package banking.outbox;

import static banking.Bank.as;
import static banking.Bank.deposit;
import static banking.Bank.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import banking.Bank;
import banking.CommandServiceTest;
import banking.events.StreamId;
import banking.events.codec.WrittenEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What waits to be published, as those see it and act on it who are asked why it waits. */
@CommandServiceTest
class OutboxTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject MeterRegistry metrics;

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Bank.PATIENCE);
    }

    private static List<Long> versions(String account) {
        return Bank.topic(account).stream().map(WrittenEvent::version).toList();
    }

    private static List<Long> versions(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static String relayHealth() {
        return Bank.management("/health/ready")
                .then()
                .statusCode(200)
                .extract()
                .path("checks.find { it.name == 'relay' }.data.relay");
    }

    private static Response again(Map<String, ?> body) {
        return as("operator").contentType(ContentType.JSON).body(body).post("/outbox/again");
    }

    /** Asks until nothing is left, and gives how many events were published again. */
    private static long allAgain(Map<String, String> selection) {
        var body = new HashMap<>(selection);
        long events = 0;
        @Nullable String next;
        do {
            var answer = again(body).then().statusCode(200).extract();
            events += answer.<Integer>path("events");
            next = answer.path("next");
            body.put("after", next);
        } while (next != null);
        return events;
    }

    @Test
    void a_stream_is_published_again_behind_what_is_new() {
        var account = open("1.00");
        var neighbour = open("1.00");
        Bank.awaitPublished();

        again(Map.of("streamId", account)).then().statusCode(200).body("events", is(2));

        deposit(account, "1.00");
        assertThat(versions(account)).containsExactly(1L, 2L, 1L, 2L, 3L);
        assertThat(versions(neighbour)).containsExactly(1L, 2L);
    }

    @Test
    void what_happened_in_a_time_is_published_again() {
        var account = open("1.00");
        var from = Instant.now();
        deposit(account, "1.00");
        var to = Instant.now();
        deposit(account, "1.00");

        var events =
                allAgain(
                        Map.of(
                                "streamId", account,
                                "from", from.toString(),
                                "to", to.toString()));

        assertThat(events).isEqualTo(1);
        assertThat(versions(account)).containsExactly(1L, 2L, 3L, 4L, 3L);
    }

    @Test
    void all_is_published_again_in_pages_while_new_events_go_on() {
        var account = open("0.00");
        Bank.sql(
                """
                insert into event
                select stream_id, n, type, schema_version, payload, command_id, correlation_id,
                    actor, occurred_at, traceparent, caused_by, hash
                from event, generate_series(2, 2500) n
                where stream_id = '%s' and version = 1"""
                        .formatted(account),
                "update stream set version = 2500 where stream_id = '%s'".formatted(account));
        Bank.awaitPublished();
        var journal = Bank.count("event");

        assertThat(allAgain(Map.of())).isEqualTo(journal);

        assertThat(versions(account)).containsSequence(versions(1, 2500));
        // On the first account nothing can follow: its events are not linked.
        var other = open("0.00");
        deposit(other, "1.00");
        assertThat(versions(other)).endsWith(1L, 2L);
    }

    @Test
    void only_operators_publish_again_and_only_what_there_is() {
        as("auditor")
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/outbox/again")
                .then()
                .statusCode(403);
        again(Map.of("streamId", UUID.randomUUID()))
                .then()
                .statusCode(404)
                .body("code", is("stream-not-found"));
        again(Map.of("streamId", "?")).then().statusCode(422);
        again(Map.of("after", "?")).then().statusCode(422);
        as("operator").contentType(ContentType.JSON).post("/outbox/again").then().statusCode(422);
    }

    @Test
    void what_cannot_be_published_first_is_not_published_again() throws SQLException {
        var account = open("1.00");
        Bank.awaitPublished();
        try (var other = Bank.database()) {
            lockShards(other);
            Bank.sql(
                    """
                    insert into outbox (shard, batch, streams, firsts, lasts, events)
                    values (%d, gen_random_uuid(), array['%s'::uuid], array[1], array[2], 1000)"""
                            .formatted(Outbox.shard(StreamId.fromString(account)), account));

            again(Map.of("streamId", account))
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("code", is("overloaded"));

            Bank.sql("delete from outbox where events = 1000");
            other.rollback();
        }
        Bank.awaitPublished();
    }

    private static void lockShards(java.sql.Connection other) throws SQLException {
        other.setAutoCommit(false);
        eventually()
                .until(
                        () ->
                                Bank.count("outbox_shard where owner is not null") == 0
                                        && Bank.count("outbox") == 0);
        try (var lock = other.createStatement()) {
            lock.execute("select from outbox_shard for update");
        }
    }

    @Test
    void shards_that_nobody_can_have_are_told_of_and_nothing_is_lost() throws SQLException {
        String account;
        try (var other = Bank.database()) {
            lockShards(other);
            account = open("1.00");
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> relayHealth().contains("have not moved for more than"));
            as("operator").get("/outbox").then().body("failure", notNullValue());
            assertThat(metrics.get("bank.standstill").tag("what", "publishing").gauge().value())
                    .isPositive();
            other.rollback();
        }
        assertThat(versions(account)).containsExactly(1L, 2L);
        eventually().until(() -> relayHealth().equals("running"));
    }

    @Test
    void the_shards_of_a_relay_that_is_gone_are_free_a_few_seconds_later() {
        eventually().until(() -> Bank.count("outbox_shard where owner is not null") == 0);
        Bank.sql(
                "update outbox_shard set owner = gen_random_uuid(),"
                        + " leased_until = now() + interval '3 s'");
        var account = open("1.00");
        assertThat(Bank.count("outbox")).isPositive();
        Awaitility.await().atMost(SOON).until(() -> Bank.count("outbox") == 0);
        assertThat(versions(account)).containsExactly(1L, 2L);
    }

    @Test
    void figures_are_told_from_memory_with_their_age() throws SQLException {
        try (var other = Bank.database();
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            eventually().until(() -> age() < 1);
            lock.execute("lock table outbox in access exclusive mode");
            Awaitility.await().atMost(SOON).until(() -> age() > 2);
            var begun = System.nanoTime();
            metrics.get("bank.outbox.events").gauge().value();
            Bank.management("/health/ready").then().statusCode(200);
            Bank.management("/metrics").then().statusCode(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(2));
            other.rollback();
        }
        eventually().until(() -> age() < 2);
    }

    private double age() {
        return metrics.get("bank.figures.age").tag("figures", "outbox").gauge().value();
    }

    @Test
    void an_event_that_this_version_cannot_publish_holds_back_its_stream_alone() {
        var account = open("1.00");
        var poison = open("1.00");
        Bank.awaitPublished();
        addEvent(poison, 3, "'EventOfTomorrow'");
        addEvent(poison, 4, "type");
        addRow(poison, 3, 4);

        deposit(account, "1.00");

        assertThat(Bank.topic().stream().filter(e -> e.streamId().toString().equals(account)))
                .extracting(WrittenEvent::version)
                .contains(1L, 2L);
        awaitRefusal(poison, "an event needs a newer version of this service");
        assertThat(waitingOf(account)).isZero();
        Bank.sql("delete from refused_stream where stream_id = '%s'".formatted(poison));
        assertThat(versions(poison)).containsExactly(1L, 2L);
    }

    @Test
    void a_row_whose_events_the_journal_does_not_have_holds_back_nothing_else() {
        var account = open("1.00");
        var poison = open("1.00");
        Bank.awaitPublished();
        addRow(poison, 5, 6);

        deposit(account, "1.00");

        awaitRefusal(poison, "is not read: the journal has no version 5");
        eventually().until(() -> waitingOf(account) == 0);
        Bank.sql("delete from refused_stream where stream_id = '%s'".formatted(poison));
        assertThat(versions(account)).containsExactly(1L, 2L, 3L);
    }

    private static void awaitRefusal(String stream, String reason) {
        var path = "refused.findAll { it.streamId == '" + stream + "' }.reason.join(' ')";
        eventually()
                .until(
                        () ->
                                as("operator")
                                        .get("/outbox/refused?limit=1000")
                                        .<String>path(path)
                                        .contains(reason));
    }

    private static long waitingOf(String account) {
        return Bank.count("outbox where '%s' = any (streams)".formatted(account));
    }

    private static void addEvent(String stream, int version, String type) {
        Bank.sql(
                """
                insert into event
                select stream_id, %d, %s, schema_version, payload, command_id, correlation_id,
                    actor, occurred_at, traceparent, caused_by, hash
                from event where stream_id = '%s' and version = 2"""
                        .formatted(version, type, stream));
    }

    private static void addRow(String stream, int first, int last) {
        Bank.sql(
                """
                insert into outbox (shard, batch, streams, firsts, lasts, events)
                values (%d, gen_random_uuid(), array['%s'::uuid], array[%d], array[%d], %d)"""
                        .formatted(
                                Outbox.shard(StreamId.fromString(stream)),
                                stream,
                                first,
                                last,
                                last - first + 1));
    }
}
