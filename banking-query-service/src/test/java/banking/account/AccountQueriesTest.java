package banking.account;

import static banking.Feed.START;
import static banking.Feed.deposit;
import static banking.Feed.eur;
import static banking.Feed.event;
import static banking.Feed.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.AccountEvent.AccountClosed;
import banking.events.AccountEvent.AccountFrozen;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.AccountUnfrozen;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.OverdraftLimitChanged;
import banking.events.Currency;
import banking.events.Money;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class AccountQueriesTest {

    private final UUID id = UUID.randomUUID();

    @Test
    void an_account_shows_what_its_events_have_made_of_it() {
        Feed.send(
                event(id, 1, new AccountOpened("Alice", Feed.EUR, null)),
                event(id, 2, new MoneyDeposited(eur("512.34"), eur("512.34"), "salary")),
                event(id, 3, new OverdraftLimitChanged(eur("100.00"))));

        Bank.account(id, 3)
                .statusCode(200)
                .contentType(ContentType.JSON)
                .header("ETag", "\"3\"")
                .body("accountId", equalTo(id.toString()))
                .body("version", equalTo(3))
                .body("status", equalTo("OPEN"))
                .body("owner", equalTo("Alice"))
                .body("balance.amount", equalTo("512.34"))
                .body("balance.currency", equalTo("EUR"))
                .body("overdraftLimit.amount", equalTo("100.00"))
                .body("openedAt", equalTo(START.toString()))
                .body("updatedAt", equalTo(START.plusSeconds(2).toString()))
                .body("behind", equalTo(false));
    }

    @Test
    void the_status_follows_freezing_unfreezing_and_closing() {
        Feed.send(
                event(id, 1, new AccountOpened("Bob", Feed.EUR, null)),
                event(id, 2, new AccountFrozen("court order")));
        Bank.account(id, 2).body("status", equalTo("FROZEN"));

        Feed.send(event(id, 3, new AccountUnfrozen()));
        Bank.account(id, 3).body("status", equalTo("OPEN"));

        Feed.send(event(id, 4, new AccountClosed()));
        Bank.account(id, 4).body("status", equalTo("CLOSED"));
    }

    @Test
    void amounts_have_the_decimals_of_their_currency() {
        var yen = new Currency("JPY");
        Feed.send(
                event(id, 1, new AccountOpened("Chie", yen, null)),
                event(id, 2, new MoneyDeposited(new Money(1500, yen), new Money(1500, yen), null)));

        Bank.account(id, 2).body("balance.amount", equalTo("1500"));
    }

    @Test
    void a_known_version_is_not_sent_again() {
        Feed.send(Feed.account(id, "Dora", 2));
        Bank.account(id, 2);

        Bank.as("teller")
                .header("If-None-Match", "\"2\"")
                .get("/accounts/{id}", id)
                .then()
                .statusCode(304)
                .header("ETag", "\"2\"");
        Bank.as("teller")
                .header("If-None-Match", "\"1\"")
                .get("/accounts/{id}", id)
                .then()
                .statusCode(200);
    }

    @Test
    void an_account_that_nobody_opened_is_not_found() {
        for (var path : List.of("", "/statement", "/balance")) {
            Bank.as("teller")
                    .get("/accounts/{id}" + path, id)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("code", equalTo("account-not-found"))
                    .body("type", equalTo("urn:banking:problem:account-not-found"))
                    .body("status", equalTo(404));
        }
    }

    @Test
    void a_statement_shows_every_entry_with_the_balance_it_left() {
        Feed.send(
                event(id, 1, new AccountOpened("Eve", Feed.EUR, null)),
                event(id, 2, new MoneyDeposited(eur("10.00"), eur("10.00"), "gift")),
                event(id, 3, new AccountFrozen(null)),
                event(id, 4, new AccountUnfrozen()),
                withdrawal(id, 5, "2.50", "7.50"));
        Bank.account(id, 5);

        Bank.as("teller")
                .get("/accounts/{id}/statement", id)
                .then()
                .statusCode(200)
                .body("accountId", equalTo(id.toString()))
                .body("entries.version", contains(2, 5))
                .body("entries.kind", contains("DEPOSIT", "WITHDRAWAL"))
                .body("entries.amount.amount", contains("10.00", "2.50"))
                .body("entries.balance.amount", contains("10.00", "7.50"))
                .body("entries.reference", contains("gift", null))
                .body("entries.occurredAt[1]", equalTo(START.plusSeconds(4).toString()))
                .body("next", nullValue());
    }

    @Test
    void a_statement_comes_in_pages_that_miss_and_repeat_nothing() {
        Feed.send(Feed.account(id, "Fay", 11));
        Bank.account(id, 11);

        var versions = new ArrayList<Integer>();
        @Nullable Integer next = 0;
        for (int page = 0; next != null && page < 10; page++) {
            var answer =
                    Bank.as("teller")
                            .get("/accounts/{id}/statement?limit=3&after={next}", id, next)
                            .jsonPath();
            versions.addAll(answer.getList("entries.version", Integer.class));
            next = answer.get("next");
        }

        assertThat(versions).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(next).isNull();
    }

    @Test
    void a_statement_starts_with_from_and_ends_before_to() {
        Feed.send(Feed.account(id, "Gus", 8));
        Bank.account(id, 8);

        Bank.as("teller")
                .queryParam("from", START.plusSeconds(3).toString())
                .queryParam("to", START.plusSeconds(6).toString())
                .get("/accounts/{id}/statement", id)
                .then()
                .body("entries.version", contains(4, 5, 6));
        Bank.as("teller")
                .queryParam("from", START.plusSeconds(60).toString())
                .get("/accounts/{id}/statement", id)
                .then()
                .statusCode(200)
                .body("entries", empty());
    }

    @Test
    void time_within_an_account_never_runs_backwards() {
        Feed.send(
                event(id, 1, new AccountOpened("Hal", Feed.EUR, null)),
                Feed.at(START.plusSeconds(2), deposit(id, 2)),
                Feed.at(START.plusSeconds(1), deposit(id, 3)));
        Bank.account(id, 3).body("updatedAt", equalTo(START.plusSeconds(2).toString()));

        Bank.as("teller")
                .queryParam("at", START.plusSeconds(2).toString())
                .get("/accounts/{id}/balance", id)
                .then()
                .body("version", equalTo(3));
    }

    @Test
    void a_balance_is_known_for_every_instant_since_the_opening() {
        Feed.send(
                event(id, 1, new AccountOpened("Ida", Feed.EUR, null)),
                event(id, 2, new MoneyDeposited(eur("10.00"), eur("10.00"), null)),
                withdrawal(id, 3, "4.00", "6.00"));
        Bank.account(id, 3);

        balanceAt(START.minusMillis(1).toString()).statusCode(404);
        balanceAt(START.toString()).body("balance.amount", equalTo("0.00"));
        balanceAt(START.plusSeconds(1).toString()).body("balance.amount", equalTo("10.00"));
        balanceAt(START.plusMillis(1999).toString()).body("version", equalTo(2));
        balanceAt(START.plusSeconds(2).toString()).body("balance.amount", equalTo("6.00"));
        balanceAt("+1000000000-12-31T23:59:59.999999999Z").body("balance.amount", equalTo("6.00"));
        balanceAt("-1000000000-01-01T00:00:00Z").statusCode(404);
        Bank.as("teller")
                .get("/accounts/{id}/balance", id)
                .then()
                .statusCode(200)
                .body("version", equalTo(3))
                .body("balance.amount", equalTo("6.00"))
                .body("balance.currency", equalTo("EUR"));
    }

    private ValidatableResponse balanceAt(String instant) {
        return Bank.as("teller").queryParam("at", instant).get("/accounts/{id}/balance", id).then();
    }

    @Test
    void accounts_are_listed_in_pages_by_owner_and_status() {
        var owner = "Owner " + UUID.randomUUID();
        var ids = Stream.generate(UUID::randomUUID).limit(5).toList();
        ids.forEach(one -> Feed.send(Feed.account(one, owner, 1)));
        Feed.send(event(ids.getFirst(), 2, new AccountClosed()));
        ids.forEach(one -> Bank.account(one, one.equals(ids.getFirst()) ? 2 : 1));

        var listed = new ArrayList<String>();
        var cursor = "";
        for (int page = 0; cursor != null && page < 10; page++) {
            var request = Bank.as("auditor").queryParam("owner", owner.toUpperCase(Locale.ROOT));
            var answer =
                    (cursor.isEmpty() ? request : request.queryParam("after", cursor))
                            .queryParam("limit", 2)
                            .get("/accounts")
                            .jsonPath();
            listed.addAll(answer.getList("accounts.accountId", String.class));
            cursor = answer.getString("next");
        }

        assertThat(listed)
                .containsExactlyElementsOf(ids.stream().map(UUID::toString).sorted().toList());
        Bank.as("teller")
                .queryParam("owner", owner)
                .queryParam("status", "CLOSED")
                .get("/accounts")
                .then()
                .body("accounts", hasSize(1))
                .body("accounts[0].accountId", equalTo(ids.getFirst().toString()));
        Bank.as("teller")
                .queryParam("owner", owner.substring(0, 10))
                .get("/accounts")
                .then()
                .body("accounts", empty());
    }

    /** Names of today come composed; one from before may be of an e and an accent. */
    @ParameterizedTest
    @ValueSource(strings = {"Jos\u00e9", "Jose\u0301"})
    void an_owner_is_found_however_the_name_is_typed(String name) {
        var suffix = " " + UUID.randomUUID();
        Feed.send(Feed.account(id, name + suffix, 1));
        Bank.account(id, 1);

        for (var typed :
                List.of("Jos\u00e9", "Jose\u0301", "JOS\u00c9", "JOSE\u0301", " jos\u00e9")) {
            Bank.as("teller")
                    .queryParam("owner", typed + suffix + " ")
                    .get("/accounts")
                    .then()
                    .body("accounts.accountId", contains(id.toString()));
        }
    }

    @Test
    void a_query_waits_for_the_version_that_it_asks_for() {
        Feed.send(Feed.account(id, "Jan", 1));
        Bank.account(id, 1);
        var answer =
                CompletableFuture.supplyAsync(
                        () -> Bank.as("teller").get("/accounts/{id}?min-version=2", id));

        Feed.send(deposit(id, 2));

        answer.join().then().statusCode(200).body("version", equalTo(2));
    }

    @Test
    void a_version_that_does_not_arrive_in_time_is_a_view_behind() {
        Feed.send(Feed.account(id, "Kim", 2));
        Bank.account(id, 2);

        for (var path : List.of("", "/balance")) {
            Bank.as("teller")
                    .get("/accounts/{id}" + path + "?min-version=3", id)
                    .then()
                    .statusCode(412)
                    .header("Retry-After", "1")
                    .body("code", equalTo("view-behind"))
                    .body("currentVersion", equalTo(2));
        }
        Bank.as("teller")
                .get("/accounts/{id}?min-version=1", UUID.randomUUID())
                .then()
                .statusCode(412)
                .body("currentVersion", equalTo(0));
    }
}
