package banking.account;

import static banking.Bank.awaitQuiet;
import static banking.Bank.open;
import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import banking.Bank;
import banking.CommandServiceTest;
import banking.health.Invariants;
import banking.journal.OtherStates;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class BooksTest {

    private static final int TRANSFERS = 200;

    @Inject Invariants invariants;
    @Inject MeterRegistry metrics;

    @AfterEach
    void look() {
        invariants.check();
    }

    @Test
    void what_is_under_way_is_no_breach() throws Exception {
        var accounts = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            accounts.add(open("100.00"));
        }
        teller().post("/accounts/{id}/freeze", accounts.getLast()).then().statusCode(200);
        var random = new Random(4711);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var traffic =
                    threads.submit(
                            () -> {
                                for (int i = 0; i < TRANSFERS; i++) {
                                    transfer(
                                            accounts.get(random.nextInt(5)),
                                            accounts.get(random.nextInt(6)));
                                }
                            });
            while (!traffic.isDone()) {
                invariants.check();
                assertThat(imbalance()).isZero();
            }
            traffic.get();
        }
        awaitQuiet();

        invariants.check();
        invariants.check();
        assertThat(imbalance()).isZero();
        assertThat(gauge("bank.ledger.overdue.transfers")).isZero();
    }

    /** By somebody who can write whatever the database holds. */
    @Test
    void money_from_nowhere_is_told() {
        var account = open("1.00");
        transfer(open("1.00"), account);
        awaitQuiet();
        OtherStates.write(
                account, state -> state.replace("\"received\":50", "\"received\":1000050"));

        invariants.check();

        assertThat(imbalance()).isEqualTo(1_000_000);
        Bank.management("/health/ready")
                .then()
                .statusCode(200)
                .body(
                        "checks.find { it.name == 'progress' }.data.books",
                        containsString("The books do not balance: {EUR="));
        OtherStates.write(account, _ -> "");
        invariants.check();
        assertThat(imbalance()).isZero();
    }

    @Test
    void a_transfer_that_is_in_transit_for_long_is_told() throws SQLException {
        var from = open("1.00");
        var to = open("0.00");
        try (var lock = Bank.database()) {
            lock.setAutoCommit(false);
            try (var statement = lock.createStatement()) {
                statement.execute("select from stream where stream_id = '" + to + "' for update");
            }
            transfer(from, to);
            invariants.check();
            assertThat(gauge("bank.ledger.overdue.transfers")).isZero();
            invariants.check();
            assertThat(gauge("bank.ledger.overdue.transfers")).isEqualTo(1);
            lock.rollback();
        }
        awaitQuiet();
        invariants.check();
        assertThat(gauge("bank.ledger.overdue.transfers")).isZero();
    }

    /** The largest of all currencies. */
    private double imbalance() {
        return metrics.find("bank.ledger.imbalance.minor").gauges().stream()
                .mapToDouble(Gauge::value)
                .max()
                .orElseThrow();
    }

    private double gauge(String name) {
        return metrics.get(name).gauge().value();
    }

    private static void transfer(String from, String to) {
        teller().body(
                        """
                        {"to":"%s","amount":"0.50","currency":"EUR"}"""
                                .formatted(to))
                .post("/accounts/{id}/transfers", from);
    }
}
