package banking.account;

import static banking.Bank.balance;
import static banking.Bank.count;
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
import banking.account.AccountCommand.CloseAccount;
import banking.account.AccountCommand.DepositMoney;
import banking.aggregate.AggregateType;
import banking.aggregate.Decision;
import banking.aggregate.Outcome;
import banking.events.AccountEvent;
import banking.events.AccountId;
import banking.events.Currency;
import banking.events.Money;
import banking.events.StreamId;
import banking.pipeline.CommandPipeline;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What fails before the commit has never happened: not in the journal, the outbox or the topic. */
@CommandServiceTest
class RollbackTest {

    private static final String FAIL =
            """
            create or replace function fail() returns trigger language plpgsql as $$
            begin raise exception 'made to fail'; end $$""";

    @Inject CommandPipeline pipeline;

    @AfterEach
    void heal() {
        Bank.sql("drop function if exists fail() cascade");
    }

    /** As a bug in the account's code would throw it. */
    @Test
    void an_exception_after_the_closing_was_staged_leaves_no_trace() {
        var account = open("0.00");
        var broken =
                broken(
                        Account::decide,
                        (_, _, state) -> {
                            throw new IllegalStateException("a bug after " + state);
                        });

        var failure = failure(execute(broken, account, new CloseAccount()));

        assertThat(failure).hasMessageStartingWith("a bug after Closed");
        untouched(account);
        deposit(account, "1.00").then().statusCode(201);
    }

    /** A failure of the last statement before the commit, with all rows written. */
    @Test
    void a_failure_after_the_closing_was_written_is_a_500_that_leaves_no_trace() {
        var account = open("0.00");
        failOn("processed_command", "new.stream_id = '%s'".formatted(account), "");

        failed(
                teller().header("Idempotency-Key", "close-" + account)
                        .delete("/accounts/{id}", account));

        untouched(account);
    }

    @Test
    void an_outbox_that_cannot_be_written_rolls_the_account_back() {
        var account = open("0.00");
        failOn("outbox", "'%s' = any (new.streams)".formatted(account), "");

        failed(deposit(account, "1.00"));

        untouched(account);
    }

    @Test
    void a_record_of_who_gave_it_that_cannot_be_written_rolls_the_account_back() {
        var account = open("0.00");
        failOn("given_command", "'%s' = any (new.streams)".formatted(account), "");

        failed(deposit(account, "1.00"));

        untouched(account);
    }

    @Test
    void a_commit_that_fails_leaves_no_trace() {
        var account = open("0.00");
        failOnEventOf(account);

        failed(deposit(account, "1.00"));

        untouched(account);
    }

    /** The lanes put these commands into common transactions. */
    @Test
    void commands_that_share_a_transaction_with_one_that_fails_are_whole() {
        var guilty = open("0.00");
        var innocent = open("0.00");
        failOnEventOf(guilty);

        var statuses =
                Concurrently.times(
                        60,
                        () ->
                                List.of(
                                        deposit(guilty, "1.00").statusCode(),
                                        deposit(innocent, "1.00").statusCode()));

        assertThat(statuses).containsOnly(List.of(500, 201));
        untouched(guilty);
        assertThat(balance(innocent)).isEqualTo("60.00");
    }

    @Test
    void an_exception_takes_back_only_its_own_command_of_a_batch() {
        var account = open("0.00");
        var broken = brokenDecide();
        var outcomes = new ArrayList<CompletionStage<Outcome>>();
        for (int i = 0; i < 50; i++) {
            outcomes.add(execute(ACCOUNT, account, new DepositMoney(cent(), null)));
            outcomes.add(execute(broken, account, new DepositMoney(cent(), null)));
        }

        var done = 0;
        for (var outcome : outcomes) {
            done += failure(outcome) == null ? 1 : 0;
        }

        assertThat(done).isEqualTo(50);
        assertThat(balance(account)).isEqualTo("0.50");
    }

    private static AggregateType<Account, AccountCommand, AccountEvent> brokenDecide() {
        return broken(
                (_, _) -> {
                    throw new IllegalStateException("a bug");
                },
                AccountAnswer::of);
    }

    private static AggregateType<Account, AccountCommand, AccountEvent> broken(
            BiFunction<Account, AccountCommand, Decision<AccountEvent>> decide,
            AggregateType.Answer<AccountId, Account> answer) {
        return AggregateType.of(
                        AccountEvent.class,
                        AccountId::new,
                        ACCOUNT.format(),
                        ACCOUNT.initial(),
                        decide,
                        Account::evolve,
                        answer)
                .withCommands(ACCOUNT.commands(), ACCOUNT::isSound);
    }

    private CompletionStage<Outcome> execute(
            AggregateType<Account, AccountCommand, AccountEvent> type,
            String account,
            AccountCommand command) {
        var context = Contexts.once();
        return pipeline.execute(type, StreamId.fromString(account), command, context);
    }

    private static Throwable failure(CompletionStage<Outcome> outcome) {
        return outcome.handle((o, failure) -> failure).toCompletableFuture().join();
    }

    private static Money cent() {
        return new Money(1, new Currency("EUR"));
    }

    /** At the commit. */
    private static void failOnEventOf(String account) {
        failOn("event", "new.stream_id = '%s'".formatted(account), "deferrable initially deferred");
    }

    private static void failOn(String table, String when, String how) {
        Bank.sql(
                FAIL,
                """
                create constraint trigger fail after insert on %s %s
                for each row when (%s) execute function fail()"""
                        .formatted(table, how, when));
    }

    private static void failed(Response response) {
        response.then()
                .statusCode(500)
                .contentType("application/problem+json")
                .body("code", equalTo("internal-error"));
    }

    /** As it was opened, everywhere. */
    private static void untouched(String account) {
        Bank.state(account)
                .then()
                .statusCode(200)
                .body("state.status", equalTo("OPEN"))
                .body("state.version", equalTo(1));
        assertThat(Bank.journal(account)).containsExactly(1);
        assertThat(count("stream where version = 1 and stream_id = '" + account + "'"))
                .isEqualTo(1);
        assertThat(count("processed_command where version > 1 and stream_id = '" + account + "'"))
                .isZero();
        assertThat(Bank.topic(account)).extracting(e -> e.type()).containsExactly("AccountOpened");
    }
}
