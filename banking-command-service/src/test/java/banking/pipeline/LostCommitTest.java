package banking.pipeline;

import static banking.Bank.balance;
import static banking.Bank.journal;
import static banking.Bank.open;
import static banking.account.AccountType.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Contexts;
import banking.account.AccountCommand;
import banking.account.AccountCommand.DepositMoney;
import banking.account.AccountCommand.OpenAccount;
import banking.account.AccountCommand.WithdrawMoney;
import banking.aggregate.Outcome;
import banking.aggregate.Outcome.Done;
import banking.aggregate.Outcome.Refused;
import banking.database.FaultyCommits;
import banking.database.FaultyCommits.Lost;
import banking.events.Currency;
import banking.events.Money;
import banking.events.StreamId;
import banking.health.Standstills;
import banking.journal.CustomerKeys;
import banking.outbox.Outbox;
import banking.story.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database goes away at the commit: what it did or did not do is found out, never guessed. */
@CommandServiceTest
class LostCommitTest {

    private static final Currency EUR = new Currency("EUR");
    private static final int DEPOSITS = 20;

    @Inject DataSource database;
    @Inject PipelineConfig config;
    @Inject Outbox outbox;
    @Inject CustomerKeys keys;
    @Inject Standstills standstills;

    /** The first commit is that of them all; the next are those of single commands. */
    @ParameterizedTest
    @CsvSource({"ANSWER, 1", "ANSWER, 3", "REQUEST, 1", "REQUEST, 3"})
    void commands_that_their_callers_cannot_repeat_take_effect_once(Lost what, int lost) {
        var account = open("0.00");
        var opened = new StreamId(UUID.randomUUID());
        var pipeline =
                new CommandPipeline(
                        config,
                        new NoLimits(),
                        FaultyCommits.on(database, what, lost),
                        outbox,
                        keys,
                        standstills,
                        Traces.off(),
                        Bank.KEYS,
                        List.of(ACCOUNT),
                        new SimpleMeterRegistry());
        var outcomes = new ArrayList<CompletableFuture<Outcome>>();
        for (int i = 0; i < DEPOSITS; i++) {
            outcomes.add(give(pipeline, account, new DepositMoney(new Money(100, EUR), null)));
        }
        var tooMuch = give(pipeline, account, new WithdrawMoney(new Money(9999, EUR), null));
        outcomes.add(give(pipeline, opened.toString(), new OpenAccount("Bob", EUR, null, null)));

        pipeline.start(new StartupEvent());

        assertThat(outcomes).extracting(CompletableFuture::join).hasOnlyElementsOfType(Done.class);
        assertThat(tooMuch.join()).isInstanceOf(Refused.class);
        pipeline.drain(new ShutdownEvent());
        assertThat(balance(account)).isEqualTo("20.00");
        assertThat(journal(account))
                .isEqualTo(IntStream.rangeClosed(1, DEPOSITS + 1).boxed().toList());
        assertThat(journal(opened.toString())).isEqualTo(List.of(1));
        assertThat(Bank.topic(account)).hasSize(DEPOSITS + 1);
    }

    private static CompletableFuture<Outcome> give(
            CommandPipeline pipeline, String account, AccountCommand command) {
        return pipeline.execute(ACCOUNT, StreamId.fromString(account), command, Contexts.once())
                .toCompletableFuture();
    }
}
