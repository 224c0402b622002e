package banking.transfer;

import static banking.Bank.awaitQuiet;
import static banking.Bank.open;
import static banking.Bank.teller;
import static banking.account.AccountType.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Contexts;
import banking.account.AccountCommand.RequestTransfer;
import banking.aggregate.Outcome;
import banking.events.AccountId;
import banking.events.Currency;
import banking.events.Money;
import banking.events.TransferId;
import banking.pipeline.CommandPipeline;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A transfer has one end, whatever is forgotten and whatever comes again. */
@CommandServiceTest
class ReplayTest {

    private static final Currency EUR = new Currency("EUR");
    private static final int SOURCES = 3;
    private static final int TRANSFERS = 900;

    @Inject CommandPipeline pipeline;

    /**
     * Every refusal was due to the target's being frozen. Would the credit be tried anew now that
     * it is not, then a transfer would be credited and refunded.
     */
    @Test
    void all_of_kafka_comes_again_and_no_processed_command_is_known() {
        var sources = Stream.generate(() -> account("1000.00")).limit(SOURCES).toList();
        var frozen = account("0.00");
        var open = account("0.00");
        teller().post("/accounts/{id}/freeze", frozen.toString()).then().statusCode(200);
        var outcomes = new ArrayList<CompletableFuture<Outcome>>();
        for (var source : sources) {
            for (int i = 0; i < TRANSFERS; i++) {
                outcomes.add(transfer(source, i % 10 == 0 ? open : frozen));
            }
        }
        assertThat(outcomes)
                .extracting(CompletableFuture::join)
                .hasOnlyElementsOfType(Outcome.Done.class);
        awaitQuiet();
        teller().post("/accounts/{id}/unfreeze", frozen.toString()).then().statusCode(200);
        var accounts = Stream.concat(sources.stream(), Stream.of(open, frozen)).toList();
        var before = accounts.stream().map(ReplayTest::events).toList();

        Bank.sql("delete from processed_command");
        Bank.publishAgain(accounts.stream().map(AccountId::toString).toArray(String[]::new));
        awaitQuiet();

        assertThat(accounts.stream().map(ReplayTest::events).toList()).isEqualTo(before);
        assertThat(Bank.balance(open.toString())).isEqualTo(SOURCES * TRANSFERS / 10 + ".00");
        assertThat(Bank.balance(frozen.toString())).isEqualTo("0.00");
        assertThat(sources).allMatch(source -> Bank.balance(source.toString()).equals("910.00"));
    }

    private static AccountId account(String deposit) {
        return new AccountId(UUID.fromString(open(deposit)));
    }

    private CompletableFuture<Outcome> transfer(AccountId from, AccountId to) {
        var context = Contexts.once();
        var id = new TransferId(context.id().value());
        var command = new RequestTransfer(id, from, to, new Money(100, EUR), null);
        return pipeline.execute(ACCOUNT, from.stream(), command, context).toCompletableFuture();
    }

    private static long events(AccountId account) {
        return Bank.count("event where stream_id = '" + account + "'");
    }
}
