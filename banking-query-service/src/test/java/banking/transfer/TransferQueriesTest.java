package banking.transfer;

import static banking.Feed.START;
import static banking.Feed.eur;
import static banking.Feed.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.TransferCompleted;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRefunded;
import banking.events.AccountEvent.TransferRequested;
import banking.events.AccountId;
import banking.events.TransferId;
import banking.events.codec.WrittenEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class TransferQueriesTest {

    private final UUID source = UUID.randomUUID();
    private final UUID target = UUID.randomUUID();
    private final UUID id = UUID.randomUUID();

    @Test
    void a_transfer_goes_from_requested_to_completed_and_is_in_both_statements() {
        open();
        Feed.send(requested(id, 3, "30.00", "70.00"));
        Bank.account(source, 3).body("balance.amount", equalTo("70.00"));
        Bank.as("teller")
                .get("/transfers/{id}", id)
                .then()
                .statusCode(200)
                .body("transferId", equalTo(id.toString()))
                .body("status", equalTo("REQUESTED"))
                .body("from", equalTo(source.toString()))
                .body("to", equalTo(target.toString()))
                .body("amount.amount", equalTo("30.00"))
                .body("amount.currency", equalTo("EUR"))
                .body("reference", equalTo("rent"))
                .body("reason", nullValue())
                .body("requestedAt", equalTo(START.plusSeconds(2).toString()))
                .body("settledAt", nullValue())
                .body("behind", equalTo(false));

        var received = received(id, 2, "30.00", "30.00");
        var completed = event(source, 4, new TransferCompleted(new TransferId(id)));
        Feed.send(received, completed, received, completed);

        Bank.account(target, 2).body("balance.amount", equalTo("30.00"));
        Bank.account(source, 4).body("balance.amount", equalTo("70.00"));
        Bank.as("teller")
                .get("/transfers/{id}", id)
                .then()
                .body("status", equalTo("COMPLETED"))
                .body("settledAt", equalTo(START.plusSeconds(3).toString()));
        assertLines(source, List.of("DEPOSIT", "TRANSFER_OUT"), target, "rent");
        assertLines(target, List.of("TRANSFER_IN"), source, "rent");
    }

    @Test
    void a_refused_transfer_is_refunded_with_the_reason() {
        open();
        Feed.send(
                requested(id, 3, "30.00", "70.00"),
                event(
                        source,
                        4,
                        new TransferRefunded(
                                new TransferId(id),
                                new AccountId(target),
                                "account-closed",
                                eur("30.00"),
                                eur("100.00"),
                                "rent")));

        Bank.account(source, 4).body("balance.amount", equalTo("100.00"));
        Bank.as("teller")
                .get("/transfers/{id}", id)
                .then()
                .body("status", equalTo("REFUNDED"))
                .body("reason", equalTo("account-closed"));
        assertLines(source, List.of("DEPOSIT", "TRANSFER_OUT", "TRANSFER_REFUND"), target, "rent");
        Bank.account(target, 1).body("balance.amount", equalTo("0.00"));
    }

    private void assertLines(UUID account, List<String> kinds, UUID other, String reference) {
        int last = kinds.size() - 1;
        Bank.as("teller")
                .get("/accounts/{id}/statement", account)
                .then()
                .body("entries.kind", equalTo(kinds))
                .body("entries[" + last + "].transferId", equalTo(id.toString()))
                .body("entries[" + last + "].counterpartyId", equalTo(other.toString()))
                .body("entries[" + last + "].reference", equalTo(reference));
    }

    @Test
    void the_targets_news_may_be_ahead_of_the_sources() {
        Feed.send(
                event(target, 1, new AccountOpened("Tom", Feed.EUR, null)),
                received(id, 2, "30.00", "30.00"));
        Bank.account(target, 2).body("balance.amount", equalTo("30.00"));
        Bank.as("teller")
                .get("/transfers/{id}", id)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("transfer-not-found"));

        openSource();
        Feed.send(requested(id, 3, "30.00", "70.00"));

        Bank.account(source, 3);
        Bank.as("teller").get("/transfers/{id}", id).then().body("status", equalTo("REQUESTED"));
    }

    @Test
    void whoever_asked_for_a_transfer_may_wait_for_it() {
        open();
        Bank.account(source, 2);
        var answer =
                CompletableFuture.supplyAsync(
                        () ->
                                Bank.as("teller")
                                        .get(
                                                "/transfers/{id}?from={source}&min-version=3",
                                                id,
                                                source));

        Feed.send(requested(id, 3, "30.00", "70.00"));

        answer.join().then().statusCode(200).body("status", equalTo("REQUESTED"));
        Bank.as("teller")
                .get("/transfers/{id}?from={source}&min-version=4", id, source)
                .then()
                .statusCode(412)
                .body("code", equalTo("view-behind"))
                .body("currentVersion", equalTo(3));
        Bank.as("teller")
                .get("/transfers/{id}?min-version=3", id)
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid-request"));
    }

    @Test
    void an_accounts_transfers_are_listed_in_pages_in_and_out() {
        open();
        var ids =
                Stream.generate(UUID::randomUUID)
                        .limit(6)
                        .sorted(Comparator.comparing(UUID::toString))
                        .toList();
        for (int i = 0; i < 5; i++) {
            Feed.send(requested(ids.get(i), 3 + i, "10.00", (90 - 10 * i) + ".00"));
        }
        Feed.send(
                event(
                        target,
                        2,
                        new TransferRequested(
                                new TransferId(ids.get(5)),
                                new AccountId(source),
                                eur("1.00"),
                                eur("-1.00"),
                                null)));
        Bank.account(source, 7);
        Bank.account(target, 2);

        assertThat(listed(source, "")).isEqualTo(texts(ids));
        assertThat(listed(target, "")).isEqualTo(texts(ids));
        assertThat(listed(source, "&direction=out")).isEqualTo(texts(ids.subList(0, 5)));
        assertThat(listed(source, "&direction=in")).isEqualTo(texts(ids.subList(5, 6)));
    }

    private static List<String> texts(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }

    private static List<String> listed(UUID account, String filter) {
        var listed = new ArrayList<String>();
        var cursor = "";
        for (int page = 0; cursor != null && page < 10; page++) {
            var answer =
                    Bank.as("auditor")
                            .get("/accounts/{id}/transfers?limit=2" + filter + cursor, account)
                            .jsonPath();
            listed.addAll(answer.getList("transfers.transferId", String.class));
            cursor = answer.get("next") == null ? null : "&after=" + answer.getString("next");
        }
        return listed;
    }

    @Test
    void a_transfer_that_was_never_requested_cannot_be_completed() {
        open();
        Feed.send(event(source, 3, new TransferCompleted(new TransferId(id))));

        Bank.awaitParked(source, 1);
        Bank.account(source).body("version", equalTo(2)).body("behind", equalTo(true));
    }

    private void open() {
        openSource();
        Feed.send(event(target, 1, new AccountOpened("Tom", Feed.EUR, null)));
    }

    private void openSource() {
        Feed.send(
                event(source, 1, new AccountOpened("Sue", Feed.EUR, null)),
                event(source, 2, new MoneyDeposited(eur("100.00"), eur("100.00"), null)));
    }

    private WrittenEvent requested(UUID transfer, int version, String amount, String balance) {
        return event(
                source,
                version,
                new TransferRequested(
                        new TransferId(transfer),
                        new AccountId(target),
                        eur(amount),
                        eur(balance),
                        "rent"));
    }

    private WrittenEvent received(UUID transfer, int version, String amount, String balance) {
        return event(
                target,
                version,
                new TransferReceived(
                        new TransferId(transfer),
                        new AccountId(source),
                        eur(amount),
                        eur(balance),
                        "rent"));
    }
}
