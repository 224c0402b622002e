package banking.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import banking.Bank;
import banking.CommandServiceTest;
import banking.account.AccountType;
import banking.events.StreamId;
import banking.http.Commands;
import banking.journal.JournalReader;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends a replay that nobody wants, or that takes too long. */
@CommandServiceTest
class ReplaysTest {

    private static final int EVENTS = 6;

    @Inject JournalReader journal;

    private StreamId stream;

    @BeforeEach
    void open() {
        var account = Bank.open("1.00");
        stream = Commands.id(account);
        while (Bank.deposit(account, "1.00").jsonPath().getLong("version") < EVENTS) {}
    }

    @Test
    void it_stops_at_the_next_event_when_its_caller_is_gone() {
        var asked = new AtomicInteger();
        var replays = new Replays(journal, Bank.KEYS, Replays.LONGEST);

        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(
                        () ->
                                replays.replay(
                                        AccountType.ACCOUNT,
                                        stream,
                                        Long.MAX_VALUE,
                                        () -> asked.incrementAndGet() == 3));

        assertThat(asked).hasValue(3);
    }

    @Test
    void it_stops_when_it_has_taken_too_long() {
        var replays = new Replays(journal, Bank.KEYS, Duration.ZERO);

        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(
                        () ->
                                replays.replay(
                                        AccountType.ACCOUNT, stream, Long.MAX_VALUE, () -> false))
                .satisfies(
                        problem -> {
                            assertThat(problem.getStatusCode()).isEqualTo(503);
                            assertThat(problem.getDetail()).contains("took longer");
                        });
    }

    @Test
    void it_ends_with_the_version_that_is_asked_for_if_there_is_one() {
        var replays = new Replays(journal, Bank.KEYS, Replays.LONGEST);

        assertThat(replays.replay(AccountType.ACCOUNT, stream, EVENTS, () -> false)).isPresent();
        assertThat(replays.replay(AccountType.ACCOUNT, stream, EVENTS + 1, () -> false)).isEmpty();
        assertThat(replays.replay(AccountType.ACCOUNT, stream, Long.MAX_VALUE, () -> false))
                .isPresent();
    }
}
