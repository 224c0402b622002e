package banking.view;

import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Many who ask at once share queries, and each gets what it asked for. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class SharedLookupsTest {

    private static final int ACCOUNTS = 10;
    private static final int READERS = 400;

    @Inject AgroalDataSource database;

    @Test
    void everybody_gets_the_account_asked_for_or_hears_that_there_is_none()
            throws InterruptedException, ExecutionException {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < ACCOUNTS; i++) {
            var id = UUID.randomUUID();
            ids.add(id);
            Feed.send(Feed.account(id, "Reader " + i, i + 1));
        }
        for (int i = 0; i < ACCOUNTS; i++) {
            Bank.account(ids.get(i), i + 1);
        }

        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = readers.invokeAll(questions(ids));

            for (int i = 0; i < READERS; i++) {
                var expected =
                        i % 4 == 0
                                ? "404 null null"
                                : "200 %s %d".formatted(ids.get(i % ACCOUNTS), i % ACCOUNTS + 1);
                assertThat(answers.get(i).get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void an_account_that_nobody_can_read_fails_nobody_who_asks_for_another()
            throws InterruptedException, ExecutionException, SQLException {
        var good = UUID.randomUUID();
        var bad = UUID.randomUUID();
        Feed.send(Feed.account(good, "Good", 1));
        Feed.send(Feed.account(bad, "Bad", 1));
        Bank.account(good, 1);
        Bank.account(bad, 1);
        setStatus(bad, "UNHEARD_OF");

        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var questions = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < READERS; i++) {
                var id = i % 2 == 0 ? bad : good;
                questions.add(() -> Bank.as("teller").get("/accounts/{id}", id).statusCode());
            }
            var answers = readers.invokeAll(questions);

            for (int i = 0; i < READERS; i++) {
                assertThat(answers.get(i).get()).isEqualTo(i % 2 == 0 ? 500 : 200);
            }
        } finally {
            setStatus(bad, "OPEN");
        }
    }

    private void setStatus(UUID id, String status) throws SQLException {
        try (var connection = database.getConnection();
                var update =
                        connection.prepareStatement(
                                "update account_view set status = ? where id = ?")) {
            update.setString(1, status);
            update.setObject(2, id);
            assertThat(update.executeUpdate()).isOne();
        }
    }

    /** Every fourth one asks for an account that there is not. */
    private static List<Callable<String>> questions(List<UUID> ids) {
        var questions = new ArrayList<Callable<String>>();
        for (int i = 0; i < READERS; i++) {
            var id = i % 4 == 0 ? UUID.randomUUID() : ids.get(i % ACCOUNTS);
            questions.add(() -> ask(id));
        }
        return questions;
    }

    private static String ask(UUID id) {
        var answer = Bank.as("teller").get("/accounts/{id}", id);
        return "%d %s %s"
                .formatted(
                        answer.statusCode(),
                        answer.<String>path("accountId"),
                        answer.<Integer>path("version"));
    }
}
