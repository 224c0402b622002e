package banking.pipeline;

import static banking.Bank.balance;
import static banking.Bank.deposit;
import static banking.Bank.open;
import static banking.Bank.teller;
import static banking.account.AccountType.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.Contexts;
import banking.account.AccountCommand.OpenAccount;
import banking.aggregate.Outcome;
import banking.events.Currency;
import banking.events.StreamId;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What other sessions hold delays those who want just that, and for a bounded time. */
@CommandServiceTest
class LockedStreamsTest {

    private static final Duration SOON = Duration.ofSeconds(1);

    /** The patience of a command, and what one try may take. */
    private static final Duration AT_LAST = Duration.ofSeconds(5);

    @Inject DataSource sessions;
    @Inject CommandPipeline pipeline;

    @Test
    void an_account_that_somebody_holds_delays_no_other() throws SQLException {
        var held = open("0.00");
        var other = open("0.00");
        List<Response> answers;
        try (var psql = Bank.database()) {
            execute(psql, "select from stream where stream_id = '" + held + "' for update");
            var all =
                    CompletableFuture.supplyAsync(
                            () -> Concurrently.times(40, () -> deposit(held, "1.00")));
            while (!all.isDone()) {
                assertThat(timeOf(() -> deposit(other, "1.00").then().statusCode(201)))
                        .isLessThan(SOON);
            }
            answers = all.join();
            psql.rollback();
        }

        assertThat(answers).allSatisfy(LockedStreamsTest::isBusy);
        assertThat(balance(held)).isEqualTo("0.00");
        deposit(held, "1.00").then().statusCode(201);
    }

    /** The session has the bounds of a service's, as that of another pod has. */
    @Test
    void a_pod_that_freezes_in_the_middle_of_a_batch_holds_its_accounts_for_seconds_only()
            throws SQLException {
        var held = open("0.00");
        var other = open("0.00");
        try (var frozen = sessions.getConnection()) {
            execute(frozen, "select from stream where stream_id = '" + held + "' for update");

            var waiting = CompletableFuture.supplyAsync(() -> deposit(held, "1.00").statusCode());
            assertThat(timeOf(() -> deposit(other, "1.00").then().statusCode(201)))
                    .isLessThan(SOON);

            assertThat(timeOf(waiting::join)).isLessThan(AT_LAST);
            assertThat(waiting).isCompletedWithValue(201);
        }
    }

    @Test
    void an_address_that_somebody_is_just_claiming_delays_no_other() throws SQLException {
        var address = UUID.randomUUID() + "@bank.example";
        var other = open("0.00");
        try (var psql = Bank.database()) {
            execute(
                    psql,
                    "insert into claim (kind, value, stream_id) values ('email', '%s', '%s')"
                            .formatted(address, UUID.randomUUID()));
            var all =
                    CompletableFuture.supplyAsync(
                            () -> Concurrently.times(5, () -> register(address)));
            while (!all.isDone()) {
                assertThat(timeOf(() -> deposit(other, "1.00").then().statusCode(201)))
                        .isLessThan(SOON);
            }
            assertThat(all.join()).allSatisfy(LockedStreamsTest::isBusy);
            psql.rollback();
        }
        register(address).then().statusCode(201);
        register(address).then().statusCode(409).body("code", equalTo("email-taken"));
    }

    @Test
    void an_account_that_somebody_else_is_just_opening_delays_no_other() throws SQLException {
        var id = new StreamId(UUID.randomUUID());
        var other = open("0.00");
        try (var psql = Bank.database()) {
            execute(
                    psql,
                    """
                    insert into stream (stream_id, type, version, state, hash)
                    values ('%s', 'account', 1, '', '')"""
                            .formatted(id));
            var opening = openAccount(id);
            while (!opening.isDone()) {
                assertThat(timeOf(() -> deposit(other, "1.00").then().statusCode(201)))
                        .isLessThan(SOON);
            }
            assertThat(opening.join()).isInstanceOf(Outcome.NotNow.class);
            psql.rollback();
        }
        assertThat(openAccount(id).join()).isInstanceOf(Outcome.Done.class);
    }

    private CompletableFuture<Outcome> openAccount(StreamId id) {
        var command = new OpenAccount("Bob", new Currency("EUR"), null, null);
        return pipeline.execute(ACCOUNT, id, command, Contexts.once()).toCompletableFuture();
    }

    private static Response register(String address) {
        return teller().body("{\"name\":\"Alice\",\"email\":\"" + address + "\"}")
                .post("/customers");
    }

    private static void isBusy(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.<String>path("code")).isEqualTo("busy");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    private static void execute(Connection session, String sql) throws SQLException {
        session.setAutoCommit(false);
        try (var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Duration timeOf(Runnable action) {
        var begun = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
