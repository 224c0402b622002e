package banking.outbox;

import static banking.Bank.as;
import static banking.Bank.deposit;
import static banking.Bank.open;
import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.People;
import banking.database.Transactions;
import banking.database.Vacuum;
import banking.events.Topic;
import banking.events.codec.WrittenEvent;
import banking.health.Standstills;
import banking.story.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Kafka does to the relay, and what becomes of the rest meanwhile. */
@CommandServiceTest
@TestProfile(OwnKafka.Profile.class)
class RelayFaultsTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final String LARGEST = "max.message.bytes";

    @Inject Transactions transactions;
    @Inject Vacuum vacuum;
    @Inject OutboxConfig config;
    @Inject JournalWatch journal;
    @Inject MeterRegistry metrics;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @AfterEach
    void everything_is_published_once_the_cause_is_gone() {
        Bank.awaitPublished();
        assertThat(as("operator").get("/outbox").<List<Object>>path("refused")).isEmpty();
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Bank.PATIENCE);
    }

    private static List<String> refused() {
        return as("operator").get("/outbox/refused").path("refused.streamId");
    }

    private static List<Long> versions(String topic, String stream) {
        return OwnKafka.events(topic).stream()
                .filter(event -> event.streamId().toString().equals(stream))
                .map(WrittenEvent::version)
                .toList();
    }

    private static List<Long> upTo(long version) {
        return LongStream.rangeClosed(1, version).boxed().toList();
    }

    private static void assertPublishedAtOnce(String account, long version) {
        Awaitility.await()
                .atMost(AT_ONCE)
                .until(() -> versions(Topic.ACCOUNTS, account).equals(upTo(version)));
    }

    @Test
    void a_topic_that_refuses_a_record_holds_back_that_stream_and_nothing_else() {
        var accounts = IntStream.range(0, 10).mapToObj(i -> open("0.00")).toList();
        OwnKafka.configure(Topic.EMPLOYEES, LARGEST, "60");
        var employee = People.employee("Eve", "eve@bank.example");
        var next = new AtomicInteger();

        Concurrently.times(
                300, () -> deposit(accounts.get(next.getAndIncrement() % 10), "1.00").statusCode());

        accounts.forEach(account -> assertPublishedAtOnce(account, 31));
        eventually().until(() -> refused().equals(List.of(employee)));
        as("operator")
                .get("/outbox")
                .then()
                .body("unpublished", is(1))
                .body("refused[0].topic", is(Topic.EMPLOYEES))
                .body("refused[0].streams", is(1))
                .body("refused[0].reason", containsString("raise its max.message.bytes"));
        eventually()
                .until(
                        () ->
                                metrics.get("bank.outbox.refused.streams").gauge().value() == 1
                                        && ready().contains("\"refusedStreams\": 1"));
        OwnKafka.reset(Topic.EMPLOYEES, LARGEST);
        eventually().until(() -> versions(Topic.EMPLOYEES, employee).equals(upTo(1)));
    }

    private static String ready() {
        return Bank.management("/health/ready").asString();
    }

    @Test
    void what_follows_a_refused_event_waits_for_it() {
        var account = open("0.00");
        Bank.awaitPublished();
        OwnKafka.configure(Topic.ACCOUNTS, LARGEST, "750");
        var neighbour = open("1.00");

        Concurrently.times(
                8,
                () ->
                        teller().body(
                                        """
                                        {"amount":"1.00","currency":"EUR","reference":"%s"}"""
                                                .formatted("x".repeat(140)))
                                .post("/accounts/{id}/deposits", account)
                                .statusCode());
        for (int i = 0; i < 20; i++) {
            deposit(account, "1.00");
            deposit(neighbour, "1.00");
        }

        assertPublishedAtOnce(neighbour, 22);
        assertThat(versions(Topic.ACCOUNTS, account)).isEqualTo(upTo(1));
        OwnKafka.reset(Topic.ACCOUNTS, LARGEST);
        eventually().until(() -> versions(Topic.ACCOUNTS, account).equals(upTo(29)));
    }

    @Test
    void a_topic_that_is_missing_holds_back_nobody_else() {
        var account = open("0.00");
        OwnKafka.delete(Topic.TASKS);
        try {
            var tasks = Concurrently.times(12, () -> People.task("Call back"));
            for (int i = 0; i < 5; i++) {
                deposit(account, "1.00");
                assertPublishedAtOnce(account, 2 + i);
            }
            eventually()
                    .untilAsserted(
                            () ->
                                    as("operator")
                                            .get("/outbox")
                                            .then()
                                            .body(
                                                    "refused[0].reason",
                                                    is(
                                                            "banking.tasks is not there: create"
                                                                    + " the topic")));
            assertThat(refused()).containsExactlyInAnyOrderElementsOf(tasks);
        } finally {
            OwnKafka.create(Topic.TASKS);
        }
        eventually().until(() -> OwnKafka.events(Topic.TASKS).size() == 12);
    }

    /** Such as one whose leader is gone, or whose replicas are not in sync. */
    @Test
    void a_topic_that_gives_no_answer_is_waited_for_once_and_by_nobody_else() {
        var account = open("0.00");
        OwnKafka.throttle("relay." + Topic.EMPLOYEES);
        try {
            for (int i = 0; i < 10; i++) {
                People.employee("Eve", "eve@bank.example");
                deposit(account, "1.00");
                assertPublishedAtOnce(account, 2 + i);
            }
            eventually()
                    .untilAsserted(
                            () ->
                                    assertThat(as("operator").get("/outbox").asString())
                                            .contains("gives no answer"));
        } finally {
            OwnKafka.release("relay." + Topic.EMPLOYEES);
        }
    }

    @Test
    void while_kafka_answers_nothing_no_transaction_is_open_and_everybody_hears_why() {
        var account = open("0.00");
        Bank.awaitPublished();
        OwnKafka.freeze();
        try {
            deposit(account, "1.00").then().statusCode(201);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> ready().contains("\"relay\": \"Kafka does not answer\""));
            Bank.management("/health/ready").then().statusCode(200);
            assertThat(as("operator").get("/outbox").<String>path("failure"))
                    .isEqualTo("Kafka does not answer");
            assertThat(metrics.get("bank.standstill").tag("what", "relay").gauge().value())
                    .isPositive();
            assertThat(
                            Bank.count(
                                    "pg_stat_activity where state like 'idle in transaction%'"
                                            + " and datname = 'command'"))
                    .isZero();
            assertThat(Bank.count("refused_stream")).isZero();
        } finally {
            OwnKafka.thaw();
        }
        eventually().until(() -> ready().contains("\"relay\": \"running\""));
        eventually().until(() -> versions(Topic.ACCOUNTS, account).containsAll(upTo(2)));
    }

    @Test
    void a_relay_that_kafka_keeps_waiting_ends_when_it_is_told_to() throws InterruptedException {
        var outbox = new Outbox(config);
        var second =
                new Relay(
                        outbox,
                        transactions,
                        vacuum,
                        new KafkaPublisher(kafka, config),
                        journal,
                        config,
                        new Standstills(new SimpleMeterRegistry()),
                        Traces.off(),
                        metrics);
        OwnKafka.freeze();
        try {
            second.start(new StartupEvent());
            eventually().until(() -> second.progress().failure() != null);
            var begun = System.nanoTime();
            second.stop(new ShutdownEvent());
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(5));
        } finally {
            OwnKafka.thaw();
        }
    }
}
