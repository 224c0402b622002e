package banking.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever the database has against anything but the data is said to pass, and does. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class PassingFailuresTest {

    private static final String END_ALL_SESSIONS =
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'query'";

    private static final List<String> PATHS =
            List.of(
                    "/accounts/{id}",
                    "/accounts/{id}/statement",
                    "/accounts/{id}/holds",
                    "/accounts?after={id}");

    private static final int READERS = 16;
    private static final int READS_BETWEEN = 200;

    private final UUID id = UUID.randomUUID();

    @Inject AgroalDataSource sessions;

    @AfterEach
    void heal() throws SQLException {
        asSuperuser("alter role query CONNECTION limit -1");
        execute("grant select on account_view to query");
    }

    @Test
    void nobody_hears_of_a_server_that_ends_all_sessions() throws SQLException {
        Feed.send(Feed.account(id, "Ned", 3));
        Bank.account(id, 3);
        Set<String> answers = ConcurrentHashMap.newKeySet();
        var reads = new AtomicInteger();
        var over = new AtomicBoolean();
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < READERS; i++) {
                var path = PATHS.get(i % PATHS.size());
                readers.execute(
                        () -> {
                            while (!over.get()) {
                                var status = Bank.as("teller").get(path, id).statusCode();
                                answers.add(path + " " + status);
                                reads.incrementAndGet();
                            }
                        });
            }
            for (int times = 1; times <= 5; times++) {
                int enough = reads.get() + READS_BETWEEN;
                Bank.eventually().until(() -> reads.get() > enough);
                asSuperuser(END_ALL_SESSIONS);
            }
            over.set(true);
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer).endsWith(" 200"));
    }

    @Test
    void a_server_that_has_no_session_left_is_unavailable_until_it_has() throws SQLException {
        Feed.send(Feed.account(id, "Nat", 1));
        Bank.account(id, 1);

        asSuperuser("alter role query CONNECTION limit 0");
        asSuperuser(END_ALL_SESSIONS);
        isUnavailable(Bank.account(id));

        heal();
        Bank.eventually().until(() -> Bank.account(id).extract().statusCode() == 200);
    }

    @Test
    void a_right_that_is_missing_is_unavailable_until_it_is_there() throws SQLException {
        Feed.send(Feed.account(id, "Nan", 1));
        Bank.account(id, 1);

        execute("revoke select on account_view from query");
        isUnavailable(Bank.account(id));

        heal();
        Bank.account(id).statusCode(200);
    }

    /** The session has the bounds of a service's, as that of the lost process had. */
    @Test
    void a_process_whose_host_is_lost_in_the_middle_of_a_batch_holds_up_the_others_for_seconds()
            throws SQLException {
        Feed.send(Feed.account(id, "Nil", 1));
        Bank.account(id, 1);
        try (var lost = sessions.getConnection();
                var batch = lost.createStatement()) {
            lost.setAutoCommit(false);
            batch.execute("select from projection_offset for update");
            var begun = System.nanoTime();

            Feed.send(Feed.deposit(id, 2));
            Bank.account(id, 2).body("version", equalTo(2));

            assertThat(System.nanoTime() - begun).isLessThan(8_000_000_000L);
        }
    }

    private static void isUnavailable(ValidatableResponse answer) {
        answer.statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .body("code", equalTo("unavailable"));
    }

    private void execute(String sql) throws SQLException {
        try (var session = sessions.getConnection();
                var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void asSuperuser(String sql) throws SQLException {
        try (var session =
                        DriverManager.getConnection(BankTestResource.addresses().superuserUrl());
                var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
