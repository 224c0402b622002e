package banking.projection;

import static banking.Feed.bytes;
import static banking.Feed.deposit;
import static banking.Feed.event;
import static banking.Feed.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.AccountEvent.AccountOpened;
import banking.events.Topic;
import banking.events.codec.WrittenEvent;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be applied stops its own aggregate and nothing else. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class PoisonTest {

    private final UUID id = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    @Inject AgroalDataSource database;

    record Poison(String name, UnaryOperator<WrittenEvent> spoil, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final WrittenEvent OPENED =
            event(UUID.randomUUID(), 1, new AccountOpened("again", Feed.EUR, null));

    static Stream<Poison> poisons() {
        return Stream.of(
                new Poison(
                        "unknown type",
                        e -> written(e, "MoneyTeleported", 1, "{}"),
                        "unknown event type MoneyTeleported"),
                new Poison(
                        "newer schema",
                        e -> written(e, e.type(), 99, e.payload()),
                        "no schema version 99"),
                new Poison(
                        "broken JSON",
                        e -> written(e, e.type(), 1, "{\"amount\": \u0000"),
                        "not a MoneyDeposited"),
                new Poison(
                        "an event that the account cannot have",
                        e -> written(e, OPENED.type(), OPENED.schemaVersion(), OPENED.payload()),
                        "open already"));
    }

    @ParameterizedTest
    @MethodSource("poisons")
    void a_poison_event_parks_its_own_account_only(Poison poison) {
        Feed.send(Feed.account(id, "Ada", 2));
        Feed.send(poison.spoil.apply(deposit(id, 3)));
        Feed.send(deposit(id, 4), deposit(id, 5));
        Feed.send(Feed.account(other, "Bea", 3));

        Bank.account(other, 3).body("behind", equalTo(false));
        Bank.awaitParked(id, 3);
        Bank.account(id).body("version", equalTo(2)).body("behind", equalTo(true));
        Bank.as("teller").get("/accounts/{id}/statement", id).then().body("behind", equalTo(true));
        Bank.parked()
                .then()
                .body(
                        "parked.find { it.streamId == '%s' }.reason".formatted(id),
                        containsString(poison.reason));
        Bank.replay(id)
                .statusCode(200)
                .body("applied", equalTo(0))
                .body("queued", equalTo(3))
                .body("reason", containsString(poison.reason));
        Bank.account(id).body("version", equalTo(2)).body("behind", equalTo(true));
    }

    @ParameterizedTest
    @MethodSource("poisons")
    void the_event_as_it_should_have_been_heals_the_account(Poison poison) {
        Feed.send(Feed.account(id, "Cleo", 2));
        Feed.send(poison.spoil.apply(deposit(id, 3)), deposit(id, 4));
        Bank.awaitParked(id, 2);

        Feed.send(deposit(id, 3), deposit(id, 5));

        Bank.account(id, 5).body("balance.amount", equalTo("4.00")).body("behind", equalTo(false));
        Bank.replay(id).statusCode(404).body("code", equalTo("parked-stream-not-found"));
    }

    @Test
    void a_replay_after_a_deployment_that_knows_the_schema_drains_the_queue() throws SQLException {
        Feed.send(Feed.account(id, "Dina", 2));
        var event = deposit(id, 3);
        var newer = written(event, event.type(), 99, event.payload());
        Feed.send(newer, deposit(id, 4), deposit(id, 5));
        Bank.awaitParked(id, 3);

        // To this program a schema it can read now is all that a deployment would change.
        execute(
                """
                update dead_event set header_values = array_replace(
                    array_replace(header_values, '99', '1'), '{newer}', '{event}')
                where stream_id = '%s'"""
                        .replace("{newer}", hash(newer))
                        .replace("{event}", hash(event)));

        Bank.replay(id)
                .statusCode(200)
                .body("applied", equalTo(3))
                .body("queued", equalTo(0))
                .body("reason", nullValue());
        Bank.account(id)
                .body("version", equalTo(5))
                .body("balance.amount", equalTo("4.00"))
                .body("behind", equalTo(false));
        Feed.send(deposit(id, 6));
        Bank.account(id, 6).body("behind", equalTo(false));
    }

    /** As a process leaves it that dies after the transaction in which the missing event came. */
    @Test
    void a_queue_longer_than_a_transaction_is_gone_through_without_another_event() {
        var events = Feed.account(id, "Lena", 2_503);
        Feed.send(Arrays.copyOf(events, 2));
        Feed.send(Arrays.copyOfRange(events, 3, events.length));
        Bank.awaitParked(id, 2_500);

        Feed.send(events[2]);

        Bank.account(id, 2_503).body("behind", equalTo(false));
        Bank.replay(id).statusCode(404).body("code", equalTo("parked-stream-not-found"));
    }

    private static String hash(WrittenEvent event) {
        var hash = Feed.record(event).headers().lastHeader("ce_hash").value();
        return new String(hash, StandardCharsets.US_ASCII);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql.formatted(id))).isPositive();
        }
    }

    @Test
    void a_missing_version_parks_the_account_until_it_arrives() {
        var events = Feed.account(id, "Edna", 6);
        Feed.send(Arrays.copyOf(events, 2));
        Feed.send(events[4], events[3], events[5]);
        Bank.awaitParked(id, 3);
        Bank.account(id).body("version", equalTo(2)).body("behind", equalTo(true));

        Feed.send(events[2]);

        Bank.account(id, 6).body("behind", equalTo(false)).body("balance.amount", equalTo("5.00"));
        Bank.as("teller")
                .get("/accounts/{id}/statement", id)
                .then()
                .body("entries.version", equalTo(List.of(2, 3, 4, 5, 6)));
    }

    @Test
    void a_queue_that_is_more_than_a_transaction_has_time_for_is_drained_all_the_same() {
        int versions = 5_600;
        var events = Feed.account(id, "Etta", versions);
        Feed.send(Arrays.copyOfRange(events, 0, 2));
        Feed.send(Arrays.copyOfRange(events, 3, versions));
        Bank.awaitParked(id, versions - 3);

        Feed.send(events[2]);

        Bank.account(id, versions).body("behind", equalTo(false));
    }

    @Test
    void an_account_whose_first_event_is_missing_is_healed_as_well() {
        var events = Feed.account(id, "Flo", 3);
        Feed.send(events[1], events[2]);
        Bank.awaitParked(id, 2);
        Bank.account(id).statusCode(404);

        Feed.send(events[0]);

        Bank.account(id, 3).body("behind", equalTo(false));
    }

    @Test
    void a_record_without_headers_parks_the_account_that_its_key_names() {
        Feed.send(Feed.account(id, "Gwen", 2));
        Feed.sendRecord(
                new ProducerRecord<>(Topic.ACCOUNTS, bytes(id.toString()), bytes("\u0000what?")));
        Bank.awaitParked(id, 1);
        Bank.account(id).body("behind", equalTo(true));

        // The stream goes on without a gap, so the record was no event that is missing.
        Feed.send(deposit(id, 3));

        Bank.account(id, 3).body("behind", equalTo(false));
    }

    @Test
    void a_record_that_names_no_account_is_listed_with_its_place() {
        var broken =
                Feed.sendRecord(new ProducerRecord<>(Topic.ACCOUNTS, bytes("no id"), bytes("?")));
        var empty = Feed.sendRecord(new ProducerRecord<>(Topic.ACCOUNTS, null, null));
        var misplaced = Feed.record(deposit(id, 1));
        misplaced =
                new ProducerRecord<>(
                        Topic.ACCOUNTS,
                        null,
                        bytes(other.toString()),
                        misplaced.value(),
                        misplaced.headers());
        var elsewhere = Feed.sendRecord(misplaced);

        for (var sent : List.of(broken, empty, elsewhere)) {
            Bank.eventually()
                    .untilAsserted(
                            () ->
                                    Bank.as("auditor")
                                            .get("/projections/accounts/nameless?limit=500")
                                            .then()
                                            .statusCode(200)
                                            .body(
                                                    "nameless.findAll { it.partition == %d }.offset"
                                                            .formatted(sent.partition()),
                                                    hasItem((int) sent.offset())));
        }
        Bank.as("auditor")
                .get("/projections/accounts/nameless?limit=1&after=0-0")
                .then()
                .statusCode(200);
    }

    @Test
    void records_that_name_no_account_are_looked_at_and_skipped_with_a_reason() {
        var sent =
                Feed.sendRecord(
                        new ProducerRecord<>(Topic.ACCOUNTS, null, null, bytes("what is this?")));
        var place = sent.partition() + "-" + sent.offset();
        Bank.eventually()
                .untilAsserted(
                        () ->
                                nameless(place)
                                        .statusCode(200)
                                        .body("payload", equalTo("what is this?"))
                                        .body("payloadBytes", equalTo(13))
                                        .body("key", nullValue()));
        int waiting = countOfNameless();

        skip("[\"" + place + "\"]", "  from a load test\\u0007")
                .statusCode(422)
                .body("code", equalTo("invalid-request"));
        skip("[\"" + place + "\"]", " ").statusCode(422);
        skip("[\"here\"]", "from a load test").statusCode(422);
        skip("[]", "from a load test").statusCode(422);
        skip("[\"" + place + "\"", "broken").statusCode(400);
        skip("[\"" + place + "\", \"0-999999999\"]", "from a load test")
                .statusCode(200)
                .body("skipped", equalTo(List.of(place)));
        skip("[\"" + place + "\"]", "again").statusCode(200).body("skipped", hasSize(0));

        assertThat(countOfNameless()).isEqualTo(waiting - 1);
        Bank.as("auditor")
                .get("/projections/accounts/nameless?limit=500")
                .then()
                .body("nameless.place", not(hasItem(place)));
        Bank.as("auditor")
                .get("/projections/accounts/nameless?limit=500&skipped=true")
                .then()
                .rootPath("nameless.find { it.place == '%s' }".formatted(place))
                .body("because", equalTo("from a load test"))
                .body("skippedBy", equalTo("operator"))
                .body("skippedAt", notNullValue());
        Bank.as("auditor")
                .get("/projections/accounts/nameless/0-999999999")
                .then()
                .statusCode(404)
                .body("code", equalTo("record-not-found"));
    }

    private static ValidatableResponse nameless(String place) {
        return Bank.as("auditor").get("/projections/accounts/nameless/" + place).then();
    }

    private static int countOfNameless() {
        return Bank.as("auditor")
                .get("/projections")
                .then()
                .extract()
                .path("projections.find { it.projection == 'accounts' }.nameless");
    }

    private static ValidatableResponse skip(String places, String because) {
        return Bank.as("operator")
                .contentType("application/json")
                .body("{\"places\":%s,\"because\":\"%s\"}".formatted(places, because))
                .post("/projections/accounts/nameless/skip")
                .then();
    }

    @Test
    void text_that_the_database_cannot_hold_parks_the_account() {
        Feed.send(Feed.account(other, "Hope", 1));
        Feed.send(
                written(
                        event(id, 1, new AccountOpened("x", Feed.EUR, null)),
                        "AccountOpened",
                        1,
                        "{\"owner\":\"a\\u0000b\",\"currency\":\"EUR\"}"),
                deposit(id, 2));
        Feed.send(deposit(other, 2));

        Bank.awaitParked(id, 2);
        Bank.account(other, 2).body("behind", equalTo(false));
        Bank.replay(id).statusCode(200).body("applied", equalTo(0)).body("queued", equalTo(2));
    }
}
