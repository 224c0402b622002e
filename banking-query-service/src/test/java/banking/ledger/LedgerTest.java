package banking.ledger;

import static banking.Feed.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.HoldCaptured;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.MoneyWithdrawn;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRefunded;
import banking.events.AccountEvent.TransferRequested;
import banking.events.AccountId;
import banking.events.Currency;
import banking.events.HoldId;
import banking.events.Money;
import banking.events.TransferId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class LedgerTest {

    /** A currency that no other test uses, so that the books of it are this test's. */
    private static final Currency FRANCS = new Currency("CHF");

    private final UUID source = UUID.randomUUID();
    private final UUID target = UUID.randomUUID();

    @Test
    void every_kind_of_booking_has_its_two_legs() {
        var hold = new HoldId(UUID.randomUUID());
        Feed.send(
                event(source, 1, new AccountOpened("Sue", FRANCS, null)),
                event(source, 2, new MoneyDeposited(francs(10_000), francs(10_000), "salary")),
                event(source, 3, new MoneyWithdrawn(francs(1_000), francs(9_000), null)),
                event(source, 4, new HoldPlaced(hold, francs(500), Feed.START, "hotel")),
                event(
                        source,
                        5,
                        new HoldCaptured(hold, francs(400), francs(500), francs(8_600), "hotel")),
                event(source, 6, requested(1, 2_000, 6_600)),
                event(source, 7, requested(2, 3_000, 3_600)),
                event(source, 8, requested(3, 700, 2_900)),
                event(
                        source,
                        9,
                        new TransferRefunded(
                                transfer(2),
                                new AccountId(target),
                                "account-closed",
                                francs(3_000),
                                francs(5_900),
                                "rent")));
        Feed.send(
                event(target, 1, new AccountOpened("Tom", FRANCS, null)),
                event(
                        target,
                        2,
                        new TransferReceived(
                                transfer(1),
                                new AccountId(source),
                                francs(2_000),
                                francs(2_000),
                                "rent")));
        Bank.account(source, 9);
        Bank.account(target, 2);

        entries("account=" + source)
                .body(
                        "entries.bookingId",
                        contains(
                                booking(2),
                                booking(3),
                                booking(5),
                                booking(6),
                                booking(7),
                                booking(8),
                                booking(9)))
                .body(
                        "entries.debit",
                        contains(
                                "CASH",
                                "CUSTOMERS",
                                "CUSTOMERS",
                                "CUSTOMERS",
                                "CUSTOMERS",
                                "CUSTOMERS",
                                "IN_TRANSIT"))
                .body(
                        "entries.credit",
                        contains(
                                "CUSTOMERS",
                                "CASH",
                                "CASH",
                                "IN_TRANSIT",
                                "IN_TRANSIT",
                                "IN_TRANSIT",
                                "CUSTOMERS"))
                .body("entries[0].amount.amount", equalTo("100.00"))
                .body("entries[0].amount.currency", equalTo("CHF"))
                .body("entries[0].customerAccount", equalTo(source.toString()))
                .body("entries[0].reference", equalTo("salary"))
                .body("entries[0].occurredAt", equalTo(Feed.START.plusSeconds(1).toString()))
                .body("next", nullValue());
        entries("account=" + target)
                .body("entries.debit", contains("IN_TRANSIT"))
                .body("entries.credit", contains("CUSTOMERS"));
        Bank.as("auditor")
                .get("/ledger/trial-balance")
                .then()
                .statusCode(200)
                .rootPath("currencies.find { it.currency == 'CHF' }")
                .body("accounts.account", contains("CASH", "IN_TRANSIT", "CUSTOMERS"))
                .body("accounts.debit.amount", contains("100.00", "50.00", "71.00"))
                .body("accounts.credit.amount", contains("14.00", "57.00", "150.00"))
                .body("accounts.balance.amount", contains("86.00", "-7.00", "-79.00"))
                .body("debit.amount", equalTo("221.00"))
                .body("credit.amount", equalTo("221.00"))
                .body("balance.amount", equalTo("0.00"))
                .body("accountBalances.amount", equalTo("79.00"))
                .body("balanced", equalTo(true));
    }

    private String booking(int version) {
        return source + ":" + version;
    }

    private TransferId transfer(int number) {
        return new TransferId(new UUID(source.getMostSignificantBits(), number));
    }

    private TransferRequested requested(int number, long amount, long balance) {
        return new TransferRequested(
                transfer(number), new AccountId(target), francs(amount), francs(balance), "rent");
    }

    private static Money francs(long minorUnits) {
        return new Money(minorUnits, FRANCS);
    }

    @Test
    void entries_come_in_pages_that_miss_and_repeat_nothing() {
        Feed.send(Feed.account(source, "Sue", 8));
        Bank.account(source, 8);

        var listed = new ArrayList<String>();
        var cursor = "";
        for (int page = 0; cursor != null && page < 10; page++) {
            var answer = entries("account=" + source + "&limit=3" + cursor).extract().jsonPath();
            listed.addAll(answer.getList("entries.bookingId", String.class));
            cursor = answer.get("next") == null ? null : "&after=" + answer.getString("next");
        }

        assertThat(listed)
                .containsExactly(
                        booking(2),
                        booking(3),
                        booking(4),
                        booking(5),
                        booking(6),
                        booking(7),
                        booking(8));
    }

    @Test
    void entries_start_with_from_and_end_before_to() {
        Feed.send(Feed.account(source, "Sue", 8));
        Bank.account(source, 8);

        entries(
                        "account=%s&from=%s&to=%s"
                                .formatted(
                                        source,
                                        Feed.START.plusSeconds(3),
                                        Feed.START.plusSeconds(5)))
                .body("entries.bookingId", contains(booking(4), booking(5)));
        entries("from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z").body("entries", empty());
    }

    private static ValidatableResponse entries(String query) {
        return Bank.as("auditor").get("/ledger/entries?" + query).then().statusCode(200);
    }

    /** Each event once, and some of them again, whenever it happens. */
    @Test
    void whatever_happens_the_books_sum_to_zero_and_agree_with_the_accounts() {
        var traffic = new RandomTraffic(4711, new Currency("SEK"));
        traffic.send(1_500);
        traffic.versions().forEach(Bank::account);

        var books =
                Bank.as("operator")
                        .get("/ledger/trial-balance")
                        .then()
                        .statusCode(200)
                        .rootPath("currencies.find { it.currency == 'SEK' }")
                        .body("balanced", equalTo(true))
                        .body("balance.amount", equalTo("0.00"))
                        .body("accountBalances.amount", equalTo(traffic.sumOfBalances()))
                        .body("accounts[0].balance.amount", equalTo(traffic.cash()))
                        .body("accounts[1].balance.amount", equalTo(traffic.inTransit()))
                        .extract()
                        .jsonPath();

        var path = "currencies.find { it.currency == 'SEK' }.";
        assertThat(books.getString(path + "debit")).isEqualTo(books.getString(path + "credit"));
        traffic.balances()
                .forEach(
                        (id, balance) -> Bank.account(id).body("balance.amount", equalTo(balance)));
    }
}
