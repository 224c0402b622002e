package banking.pipeline;

import static banking.Bank.deposit;
import static banking.Bank.open;
import static banking.Bank.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.journal.OtherStates;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@CommandServiceTest
class RestoreTest {

    @Inject MeterRegistry metrics;

    @Test
    void a_state_of_before_is_made_again_from_the_events() {
        var account = open("10.00");
        deposit(account, "2.00").then().statusCode(201);
        Bank.sql("update stream set state = null where stream_id = '" + account + "'");

        deposit(account, "0.50")
                .then()
                .statusCode(201)
                .header("ETag", equalTo("\"4\""))
                .body("balance.amount", equalTo("12.50"));
        deposit(account, "0.50").then().body("balance.amount", equalTo("13.00"));
    }

    /** A state of a later version's, after rolling back to this one, or no JSON at all. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"state\":\"Open\",\"mood\":1}", "{\"state\":\"Lent\"}", "?"})
    void a_state_that_cannot_be_read_is_made_again_from_the_events(String state) {
        var account = open("10.00");
        OtherStates.write(account, _ -> state);

        deposit(account, "0.50")
                .then()
                .statusCode(201)
                .body("balance.amount", equalTo("10.50"))
                .header("ETag", equalTo("\"3\""));
    }

    /** 1.00 becomes 1,000,000.00, and is not paid out. */
    @Test
    void a_state_that_was_edited_is_not_believed() {
        var account = open("1.00");
        var alarms = remade("edited");
        Bank.sql(
                """
                update stream set state = replace(state, '"minorUnits":100', '"minorUnits":100000000')
                where stream_id = '%s'"""
                        .formatted(account));

        withdraw(account, "2.00")
                .then()
                .statusCode(422)
                .body("code", equalTo("insufficient-funds"));

        assertThat(remade("edited")).isGreaterThan(alarms);
        deposit(account, "1.00").then().body("balance.amount", equalTo("2.00"));
    }

    /** A program of before does not know the seal and leaves it behind. */
    @Test
    void a_state_that_a_program_of_before_has_written_raises_no_alarm() {
        var account = open("1.00");
        var alarms = remade("edited");
        Bank.sql(
                """
                update stream set state = replace(state, 'Alice', 'Alicia'),
                    seal = seal # 1
                where stream_id = '%s'"""
                        .formatted(account));

        deposit(account, "1.00").then().body("balance.amount", equalTo("2.00"));

        assertThat(remade("edited")).isEqualTo(alarms);
    }

    /** One stream whose events cannot be believed either fails alone. */
    @Test
    void a_stream_that_cannot_be_believed_at_all_holds_up_no_other() {
        var broken = open("1.00");
        var well = open("1.00");
        Bank.sql("update stream set seal = null where stream_id = '%s'".formatted(broken));
        Bank.retype(broken, "AccountOpened", "Unheard");
        var next = new AtomicInteger();

        var answers =
                Concurrently.times(
                        40,
                        () -> {
                            var account = next.getAndIncrement() % 2 == 0 ? broken : well;
                            return deposit(account, "1.00").statusCode();
                        });

        assertThat(answers).containsOnly(201, 503);
        assertThat(Bank.balance(well)).isEqualTo("21.00");
        Bank.retype(broken, "Unheard", "AccountOpened");
        deposit(broken, "1.00").then().body("balance.amount", equalTo("2.00"));
    }

    private double remade(String why) {
        return metrics.counter("bank.journal.states.remade", "why", why).count();
    }
}
