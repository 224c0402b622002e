package banking.outbox;

import static banking.Bank.as;
import static banking.Bank.open;
import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Envelopes;
import banking.People;
import banking.Published;
import banking.database.Transactions;
import banking.events.AccountEvent.AccountFrozen;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountId;
import banking.events.Currency;
import banking.events.Event;
import banking.events.Topic;
import banking.events.codec.EventCodec;
import banking.events.codec.RecordedEvent;
import banking.events.codec.Sha256;
import banking.health.Standstills;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class JournalWatchTest {

    private static final Event OPENED = new AccountOpened("Mallory", new Currency("EUR"), null);

    @Inject Transactions transactions;
    @Inject OutboxConfig config;
    @Inject JournalWatch watch;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    private String account = "";

    /** The marks of this moment are those that the database has later. */
    @BeforeEach
    void remember() {
        account = open("10.00");
        Bank.awaitQuiet();
        watch.look();
        Bank.sql("create table log_mark_before as select * from log_mark");
    }

    /** Whoever compares the topic from its beginning is not to find what was forged here. */
    @AfterEach
    void forget() throws Exception {
        Bank.sql("drop table log_mark_before");
        Published.forget();
    }

    @Test
    void a_database_without_its_last_events_is_noticed_and_gets_them_back() {
        var first = deposit("lost").statusCode(201).extract().body().asString();
        teller().body(Bank.movement("1.00")).put("/accounts/{id}/overdraft-limit", account);
        assertThat(isBehind()).isFalse();

        putBack(2);

        assertThat(isBehind()).isTrue();
        lost().body("count", equalTo(2))
                .body("complete", equalTo(true))
                .body("first.event", hasItem(account + ":3"));
        recover("").body("unfit", empty()).body("events", equalTo(2)).body("done", equalTo(true));
        assertThat(isBehind()).isFalse();
        lost().body("count", equalTo(0));
        assertThat(Bank.journal(account)).containsExactly(1, 2, 3, 4);
        Bank.state(account).then().body("intact", equalTo(true));
        assertThat(deposit("lost").statusCode(201).extract().body().asString()).isEqualTo(first);
        assertThat(Bank.count("stream where state is null and stream_id = '" + account + "'"))
                .isZero();
    }

    @Test
    void an_event_in_the_place_of_a_published_one_keeps_the_rest_waiting() {
        var other = forged(AccountId.fromString(account), 3, new AccountFrozen("other"), hash(2));
        deposit("other").statusCode(201);
        Bank.awaitPublished();
        People.publish(Topic.ACCOUNTS, List.of(other));

        assertThat(isBehind()).isTrue();
        recover("").body("done", equalTo(false)).body("unfit.different", hasItem(true));
        recover(account + ":3").body("unfit", empty()).body("done", equalTo(true));
        assertThat(isBehind()).isFalse();
        assertThat(Bank.journal(account)).containsExactly(1, 2, 3);
    }

    @Test
    void what_no_command_has_written_stays_out_where_it_is_named() {
        var nobody = new AccountId(UUID.randomUUID());
        People.publish(Topic.ACCOUNTS, List.of(forged(nobody, 1, OPENED, Sha256.NONE)));

        assertThat(isBehind()).isTrue();
        recover(nobody + ":1").body("events", equalTo(0)).body("done", equalTo(true));
        assertThat(isBehind()).isFalse();
        assertThat(Bank.count("stream where stream_id = '" + nobody + "'")).isZero();
    }

    @Test
    void a_record_that_follows_on_nothing_is_no_sign_of_a_loss() {
        var nobody = new AccountId(UUID.randomUUID());
        var unknown = forged(nobody, 7, OPENED, Sha256.of("nothing"));
        var intact = forged(nobody, 1, OPENED, Sha256.NONE);
        var broken = new RecordedEvent(intact.event(), Sha256.NONE, Sha256.of("broken"));
        People.publish(Topic.ACCOUNTS, List.of(unknown, broken));

        assertThat(isBehind()).isFalse();
    }

    private ValidatableResponse deposit(String key) {
        return teller().header("Idempotency-Key", key + account)
                .body(Bank.movement("1.00"))
                .post("/accounts/{id}/deposits", account)
                .then();
    }

    private static RecordedEvent forged(AccountId id, long version, Event event, Sha256 previous) {
        var written = EventCodec.STANDARD.write(Envelopes.of(id, version, event));
        return Bank.KEYS.after(previous, written);
    }

    private Sha256 hash(int version) {
        Response events = as("auditor").get("/streams/account/{id}/events", account);
        String hash = events.path("events.find { it.version == %d }.hash".formatted(version));
        return Sha256.ofBytes(HexFormat.of().parseHex(hash));
    }

    /** As another process would see it that starts now. */
    private boolean isBehind() {
        Bank.awaitPublished();
        var outbox = new Outbox(config);
        var standstills = new Standstills(new SimpleMeterRegistry());
        new JournalWatch(transactions, outbox, kafka, Bank.KEYS, standstills).look();
        return outbox.isBehind();
    }

    private void putBack(int version) {
        Bank.awaitPublished();
        watch.look();
        var where = " where stream_id = '" + account + "'";
        Bank.sql(
                "alter table event disable trigger event_is_append_only",
                "delete from event" + where + " and version > " + version,
                "alter table event enable trigger event_is_append_only",
                "delete from processed_command" + where,
                "update stream set version = %d, state = null, seal = null, hash = (select hash from event %s and version = %d)"
                                .formatted(version, where, version)
                        + where,
                "delete from log_mark",
                "insert into log_mark select * from log_mark_before");
    }

    private static ValidatableResponse lost() {
        return as("auditor").get("/streams/recovery").then().statusCode(200);
    }

    private static ValidatableResponse recover(String passOver) {
        var names = passOver.isEmpty() ? "" : "\"" + passOver + "\"";
        return as("operator")
                .contentType("application/json")
                .body("{\"passOver\":[" + names + "]}")
                .post("/streams/recovery")
                .then()
                .statusCode(200);
    }
}
