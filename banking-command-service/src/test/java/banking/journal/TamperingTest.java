package banking.journal;

import static banking.Bank.deposit;
import static banking.Bank.open;
import static banking.Bank.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Published;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody does who has the database, as the service's own role, and not the key. */
@CommandServiceTest
public class TamperingTest {

    @AfterAll
    static void forget() throws Exception {
        Published.forget();
    }

    /** The hash of an event, for who has no key. */
    private static final String UNKEYED =
            """
            hash = '\\x01' || sha256(coalesce((select hash from event b
                where b.stream_id = event.stream_id and b.version = event.version - 1), '')
                || sha256(convert_to(payload, 'UTF8')))""";

    @Inject MeterRegistry metrics;

    /** An account with five events, the last of which are deposits of 1.00. */
    public static String account() {
        var account = open("10.00");
        for (int i = 0; i < 3; i++) {
            deposit(account, "1.00").then().statusCode(201);
        }
        return account;
    }

    /** Changes the journal as no service can. */
    public static void change(String sql, String account) {
        Bank.sql(
                "alter table event disable trigger event_is_append_only",
                sql.replace("{id}", "stream_id = '" + account + "'"),
                "alter table event enable trigger event_is_append_only");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | payload = replace(payload, '1100', '9900')",
                "3 | payload = '?'",
                "5 | payload = replace(payload, '1300', '9900'), {unkeyed}",
                "4 | command_id = gen_random_uuid()",
                "4 | correlation_id = 'another'",
                "4 | occurred_at = occurred_at - interval '1 day'",
                "4 | caused_by = 'somebody'",
                "4 | traceparent = '00-1-1-00'",
                "2 | actor = substr(actor, 2), type = type || substr(actor, 1, 1)",
                "1 | schema_version = schema_version + 1",
            })
    void a_changed_column_is_named_with_its_version(int version, String columns) {
        var account = account();
        change(
                "update event set "
                        + columns.replace("{unkeyed}", UNKEYED)
                        + " where {id} and version = "
                        + version,
                account);

        Bank.state(account)
                .then()
                .statusCode(200)
                .body("intact", equalTo(false))
                .body("broken.version", equalTo(version))
                .body("broken.why", containsString("has not the hash of what it says"));
        Bank.as("auditor")
                .get("/streams/account/{id}/state?version=5", account)
                .then()
                .body("intact", equalTo(false));
    }

    @Test
    void what_nobody_has_changed_is_intact() {
        Bank.state(account())
                .then()
                .statusCode(200)
                .body("intact", equalTo(true))
                .body("broken", nullValue());
    }

    @Test
    void a_tail_that_was_cut_off_is_missing_where_the_stream_stands_beyond_it() {
        var account = account();
        change("delete from event where {id} and version > 3", account);

        Bank.state(account)
                .then()
                .body("intact", equalTo(false))
                .body("broken.version", equalTo(4))
                .body("broken.why", containsString("the stream stands at version 5"));
    }

    @Test
    void events_whose_stream_is_gone_are_told_of() {
        var account = account();
        Bank.sql("delete from stream where stream_id = '" + account + "'");

        Bank.state(account)
                .then()
                .statusCode(200)
                .body("broken.why", containsString("all that is left of the stream"));
    }

    @Test
    void a_state_that_was_changed_is_told_of_before_anybody_builds_on_it() {
        var account = account();
        Bank.sql(
                """
                update stream set state = replace(state, '"minorUnits":1300', '"minorUnits":990000')
                where stream_id = '%s'"""
                        .formatted(account));

        Bank.state(account)
                .then()
                .body("intact", equalTo(false))
                .body("broken.why", containsString("a state beside it that was changed"));
        withdraw(account, "20.00").then().statusCode(422);
    }

    /** A rich account's row, with the seal that it has. */
    @Test
    void a_state_that_is_another_streams_is_not_believed() {
        var rich = open("1000.00");
        var poor = open("1.00");
        Bank.sql(
                """
                update stream p set state = r.state, seal = r.seal, hash = r.hash
                from stream r where p.stream_id = '%s' and r.stream_id = '%s'"""
                        .formatted(poor, rich));

        withdraw(poor, "500.00").then().statusCode(503).body("code", equalTo("journal-tampered"));
    }

    /** Event, stream, outbox: all that there is to write, by one who has no key. */
    @Test
    void money_out_of_an_event_that_no_command_wrote_is_not_paid_out() {
        var account = account();
        var told = tampered();
        forge(account);

        withdraw(account, "500.00")
                .then()
                .statusCode(503)
                .body("code", equalTo("journal-tampered"));

        assertThat(tampered()).isGreaterThan(told);
        Bank.state(account)
                .then()
                .body("intact", equalTo(false))
                .body("broken.version", equalTo(6));
    }

    /** A deposit of 1,000,000.00 with all that belongs to it. */
    public static void forge(String account) {
        Bank.sql(
                """
                insert into event
                select stream_id, 6, type, schema_version,
                    replace(replace(payload, ':100,', ':100000000,'), '1300', '100001300'),
                    gen_random_uuid(), correlation_id, actor, now(), traceparent, caused_by, hash
                from event where stream_id = '{id}' and version = 5"""
                        .replace("{id}", account),
                "alter table event disable trigger event_is_append_only",
                "update event set {hash} where stream_id = '{id}' and version = 6"
                        .replace("{hash}", UNKEYED)
                        .replace("{id}", account),
                "alter table event enable trigger event_is_append_only",
                """
                update stream s set version = 6, hash = e.hash, seal = seal # 3,
                    state = replace(state, '1300', '100001300')
                from event e where e.stream_id = s.stream_id and e.version = 6
                    and s.stream_id = '{id}'"""
                        .replace("{id}", account),
                """
                insert into outbox (shard, batch, streams, firsts, lasts, events)
                values (0, gen_random_uuid(), '{"{id}"}', '{6}', '{6}', 1)"""
                        .replace("{id}", account));
    }

    private double tampered() {
        return metrics.counter("bank.journal.tampered").count();
    }
}
