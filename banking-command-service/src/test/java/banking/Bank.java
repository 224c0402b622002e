package banking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import banking.embedded.BankTestResource;
import banking.events.Topic;
import banking.events.codec.ChainKeys;
import banking.events.codec.CloudEvent;
import banking.events.codec.WrittenEvent;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/** The service seen from outside: over HTTP, and in its database and topic behind its back. */
public final class Bank {

    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What the journal's chains are made with. */
    public static final ChainKeys KEYS = ChainKeys.read(BankTestResource.chainKeys());

    private static final String NONSENSE = "?";

    static {
        // What tests wait for takes milliseconds, mostly.
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    }

    private Bank() {}

    public static RequestSpecification as(String user) {
        return given().auth().preemptive().basic(user, user);
    }

    /** What the process says of itself, on the port that is no caller's. */
    public static Response management(String path) {
        var url = ConfigProvider.getConfig().getValue("test.management.url", String.class);
        return given().get(url + path);
    }

    public static RequestSpecification teller() {
        return as("teller").contentType(ContentType.JSON);
    }

    /** Opens an account in EUR and gives its id. */
    public static String open(String openingDeposit) {
        return teller().body(
                        """
                        {"owner":"Alice","currency":"EUR","openingDeposit":"%s"}"""
                                .formatted(openingDeposit))
                .post("/accounts")
                .then()
                .statusCode(201)
                .extract()
                .path("accountId");
    }

    public static Response deposit(String account, String amount) {
        return teller().body(movement(amount)).post("/accounts/{id}/deposits", account);
    }

    public static Response withdraw(String account, String amount) {
        return teller().body(movement(amount)).post("/accounts/{id}/withdrawals", account);
    }

    public static String movement(String amount) {
        return """
        {"amount":"%s","currency":"EUR"}"""
                .formatted(amount);
    }

    public static Response state(String account) {
        return as("auditor").get("/streams/account/{id}/state", account);
    }

    public static String balance(String account) {
        return state(account).then().statusCode(200).extract().path("state.balance.amount");
    }

    /** Versions of the account's events in the journal, in order. */
    public static List<Integer> journal(String account) {
        return as("auditor")
                .queryParam("limit", 1000)
                .get("/streams/account/{id}/events", account)
                .then()
                .statusCode(200)
                .extract()
                .path("events.version");
    }

    public static void awaitPublished() {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> as("operator").get("/outbox").<Integer>path("unpublished") == 0);
    }

    /** Waits until an event is sealed. */
    public static void awaitSealed(String event) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> count("seal where strpos(leaves, '" + event + " ') > 0") > 0);
    }

    /** Waits until all that was committed is published, and everything that follows from it too. */
    public static void awaitQuiet() {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> {
                            awaitPublished();
                            var policies = as("operator").get("/policies");
                            var lags = policies.<List<Integer>>path("policies.lag");
                            var retried = policies.<List<Integer>>path("policies.retried");
                            return lags.stream().allMatch(lag -> lag != null && lag == 0)
                                    && retried.stream().allMatch(matters -> matters == 0)
                                    && as("operator").get("/outbox").<Integer>path("unpublished")
                                            == 0;
                        });
    }

    /** Puts records into every partition that no relay has written. */
    public static void publishNonsense() {
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers", BankTestResource.addresses().bootstrapServers());
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (int partition = 0; partition < Topic.PARTITIONS; partition++) {
                var nothing =
                        new ProducerRecord<String, byte[]>(Topic.ACCOUNTS, partition, null, null);
                producer.send(nothing).get();
                var headless =
                        new ProducerRecord<String, byte[]>(
                                Topic.ACCOUNTS, partition, NONSENSE, new byte[1]);
                headless.headers().add("ce_type", new byte[1]);
                producer.send(headless).get();
                var broken =
                        new ProducerRecord<String, byte[]>(
                                Topic.ACCOUNTS, partition, NONSENSE, new byte[1]);
                broken.headers()
                        .add("ce_type", "banking.AccountFrozen".getBytes(StandardCharsets.UTF_8));
                producer.send(broken).get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts all of the accounts' events into the topic once more, as a relay does after a crash. */
    public static void publishAgain(String... accounts) {
        awaitPublished();
        var all = Set.of(accounts);
        People.publishAgain(
                Topic.ACCOUNTS,
                topic().stream().filter(e -> all.contains(e.streamId().toString())).toList());
    }

    /** All of the account's events that are in the topic by now, in the order of the topic. */
    public static List<WrittenEvent> topic(String account) {
        awaitPublished();
        return topic().stream().filter(e -> e.streamId().toString().equals(account)).toList();
    }

    /** All events that are in the topic by now. */
    public static List<WrittenEvent> topic() {
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers", BankTestResource.addresses().bootstrapServers());
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions =
                    IntStream.range(0, Topic.PARTITIONS)
                            .mapToObj(p -> new TopicPartition(Topic.ACCOUNTS, p))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var events = new ArrayList<WrittenEvent>();
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.key() == null || record.key().equals(NONSENSE)) {
                        continue;
                    }
                    events.add(
                            CloudEvent.read(
                                    name -> {
                                        var header = record.headers().lastHeader(name);
                                        return header == null ? null : header.value();
                                    },
                                    record.value()));
                }
            }
            return events;
        }
    }

    /** Runs SQL in the service's database, as its owner. */
    public static void sql(String... statements) {
        try (var connection = database();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives a stream's events another type, which no command could. */
    public static void retype(String stream, String from, String to) {
        sql(
                "alter table event disable trigger event_is_append_only",
                "update event set type = '%s' where stream_id = '%s' and type = '%s'"
                        .formatted(to, stream, from),
                "alter table event enable trigger event_is_append_only");
    }

    public static long count(String fromWhere) {
        try (var connection = database();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + fromWhere)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Connection database() throws SQLException {
        return DriverManager.getConnection(
                BankTestResource.addresses().jdbcUrl("command"), "command", "command");
    }
}
