package banking.database;

import static banking.Bank.as;
import static banking.Bank.balance;
import static banking.Bank.deposit;
import static banking.Bank.open;
import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import banking.Bank;
import banking.CommandServiceTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever the database has against anything but the data is said to pass, and does. */
@CommandServiceTest
class PassingFailuresTest {

    private static final String END_ALL_SESSIONS =
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where usename = 'command' and pid <> pg_backend_pid()""";

    @AfterEach
    void heal() {
        Bank.sql(
                "set default_transaction_read_only = off",
                "alter database command reset default_transaction_read_only",
                "drop function if exists fail_as_it_says() cascade");
    }

    /** Each deposit's reference is the SQLSTATE that it fails with. */
    @Test
    void what_is_not_about_the_data_is_unavailable_and_what_is_about_it_is_an_error() {
        Bank.sql(
                """
                create function fail_as_it_says() returns trigger language plpgsql as $$
                begin
                    raise exception 'made to fail'
                        using errcode = new.payload::json ->> 'reference';
                end $$""",
                """
                create trigger fail before insert on event for each row
                when (new.type = 'MoneyDeposited') execute function fail_as_it_says()""");
        var passing = "503 unavailable 1";
        var final_ = "500 internal-error null";
        var expected =
                Map.of(
                        "25006", passing,
                        "42501", passing,
                        "53100", passing,
                        "55000", passing,
                        "58030", passing,
                        "XX000", passing,
                        "22023", final_,
                        "23514", final_,
                        "54000", final_);

        var answers = new HashMap<String, CompletableFuture<String>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var state : expected.keySet()) {
                answers.put(
                        state,
                        CompletableFuture.supplyAsync(() -> depositThatFailsWith(state), threads));
            }
        }

        expected.forEach(
                (state, answer) -> assertThat(answers.get(state)).isCompletedWithValue(answer));
    }

    private static String depositThatFailsWith(String state) {
        var answer =
                teller().body(
                                """
                                {"amount":"1.00","currency":"EUR","reference":"%s"}"""
                                        .formatted(state))
                        .post("/accounts/{id}/deposits", open("0.00"));
        return "%d %s %s"
                .formatted(
                        answer.statusCode(),
                        answer.<String>path("code"),
                        answer.header("Retry-After"));
    }

    @Test
    void what_a_failover_interrupts_goes_on_by_itself_once_the_database_can_be_written_again()
            throws SQLException {
        var source = open("100.00");
        var target = open("0.00");
        try (var psql = Bank.database();
                var lock = psql.createStatement()) {
            psql.setAutoCommit(false);
            lock.execute("select from stream where stream_id = '" + target + "' for update");
            transfer(source, target).then().statusCode(202);
            Bank.sql(
                    "alter database command set default_transaction_read_only = on",
                    END_ALL_SESSIONS);
        }

        deposit(source, "1.00")
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("code", equalTo("unavailable"));
        assertThat(balance(target)).isEqualTo("0.00");

        heal();

        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> deposit(source, "1.00").statusCode() == 201);
        Awaitility.await().atMost(Bank.PATIENCE).until(() -> balance(target).equals("10.00"));
        as("operator")
                .get("/policies/transfers/parked")
                .then()
                .body("parked.streamId", not(hasItem(source)));
    }

    private static Response transfer(String source, String target) {
        return teller().body(
                        """
                        {"to":"%s","amount":"10.00","currency":"EUR"}"""
                                .formatted(target))
                .post("/accounts/{id}/transfers", source);
    }
}
