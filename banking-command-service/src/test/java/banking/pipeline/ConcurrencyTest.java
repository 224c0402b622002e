package banking.pipeline;

import static banking.Bank.balance;
import static banking.Bank.deposit;
import static banking.Bank.movement;
import static banking.Bank.open;
import static banking.Bank.teller;
import static banking.Bank.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.People;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many commands at once on one account: no update is lost. */
@CommandServiceTest
class ConcurrencyTest {

    @Test
    void hundreds_of_deposits_at_once_are_all_there() {
        var account = open("0.00");

        var statuses = Concurrently.times(300, () -> deposit(account, "1.00").statusCode());

        assertThat(statuses).containsOnly(201);
        assertThat(balance(account)).isEqualTo("300.00");
        assertThat(Bank.journal(account)).isEqualTo(IntStream.rangeClosed(1, 301).boxed().toList());
    }

    @Test
    void of_hundreds_of_full_withdrawals_at_once_exactly_one_wins() {
        var account = open("100.00");

        var statuses = Concurrently.times(300, () -> withdraw(account, "100.00").statusCode());

        assertThat(Collections.frequency(statuses, 201)).isEqualTo(1);
        assertThat(Collections.frequency(statuses, 422)).isEqualTo(299);
        assertThat(balance(account)).isEqualTo("0.00");
    }

    @Test
    void of_many_commands_for_one_version_exactly_one_wins() {
        var account = open("0.00");

        var statuses =
                Concurrently.times(
                        50,
                        () ->
                                teller().header("If-Match", "\"1\"")
                                        .body(movement("1.00"))
                                        .post("/accounts/{id}/deposits", account)
                                        .statusCode());

        assertThat(Collections.frequency(statuses, 201)).isEqualTo(1);
        assertThat(Collections.frequency(statuses, 412)).isEqualTo(49);
    }

    /** Commits whose answers are lost among them: the id of the command tells what became of it. */
    @Test
    void commands_under_a_key_take_effect_once_however_often_connections_die() {
        var account = open("0.00");

        Concurrently.times(
                40,
                () -> {
                    var key = UUID.randomUUID().toString();
                    for (int i = 0; i < 5; i++) {
                        killConnections();
                        assertThat(persist(account, key)).isEqualTo(201);
                    }
                    return key;
                });

        assertThat(balance(account)).isEqualTo("40.00");
        assertThat(Bank.journal(account)).isEqualTo(IntStream.rangeClosed(1, 41).boxed().toList());
    }

    /** An id that a command of another kind names first is nobody's but its own kind's. */
    @Test
    void a_command_of_another_kind_is_not_found_and_harms_nobody() {
        var account = open("0.00");
        var next = new AtomicInteger();

        var statuses =
                Concurrently.times(
                        300,
                        () ->
                                next.getAndIncrement() % 2 == 0
                                        ? People.complete(account).statusCode()
                                        : Bank.deposit(account, "1.00").statusCode());

        assertThat(Collections.frequency(statuses, 404)).isEqualTo(150);
        assertThat(Collections.frequency(statuses, 201)).isEqualTo(150);
        assertThat(balance(account)).isEqualTo("150.00");
    }

    /** Tries like a careful client: the same key until there is an answer. */
    private static int persist(String account, String key) {
        var status = 503;
        for (int tries = 0; status == 503 && tries < 50; tries++) {
            status =
                    teller().header("Idempotency-Key", key)
                            .body(movement("1.00"))
                            .post("/accounts/{id}/deposits", account)
                            .statusCode();
        }
        return status;
    }

    /** One after the other: two would kill each other. */
    private static synchronized void killConnections() {
        Bank.sql(
                """
                select pg_terminate_backend(pid) from pg_stat_activity
                where usename = 'command' and state <> 'idle'
                    and query not like '%pg_terminate_backend%'""");
    }
}
