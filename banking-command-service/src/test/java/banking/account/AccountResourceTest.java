package banking.account;

import static banking.Bank.deposit;
import static banking.Bank.open;
import static banking.Bank.teller;
import static banking.Bank.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import banking.Bank;
import banking.CommandServiceTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@CommandServiceTest
class AccountResourceTest {

    @Test
    void opening_an_account_answers_with_its_state_its_place_and_its_version() {
        teller().body(
                        """
                        {"owner":"Alice","currency":"EUR","openingDeposit":"500.00"}""")
                .post("/accounts")
                .then()
                .statusCode(201)
                .header(
                        "Location",
                        matchesPattern("(http://[^/]+)?/accounts/[0-9a-f-]{36}\\?min-version=2"))
                .header("ETag", "\"2\"")
                .body("version", equalTo(2))
                .body("status", equalTo("OPEN"))
                .body("owner", equalTo("Alice"))
                .body("balance.amount", equalTo("500.00"))
                .body("balance.currency", equalTo("EUR"));
    }

    @Test
    void an_account_may_be_opened_without_a_deposit() {
        teller().body(
                        """
                        {"owner":"Bob","currency":"JPY"}""")
                .post("/accounts")
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("balance.amount", equalTo("0"));
    }

    @Test
    void money_goes_in_and_out() {
        var account = open("500.00");

        deposit(account, "12.34").then().statusCode(201).body("balance.amount", equalTo("512.34"));
        withdraw(account, "512.34")
                .then()
                .statusCode(201)
                .header("ETag", "\"4\"")
                .body("balance.amount", equalTo("0.00"));
    }

    @Test
    void an_account_lives_from_freezing_to_closing() {
        var account = open("10.00");

        teller().body(
                        """
                        {"reason":"court order"}""")
                .post("/accounts/{id}/freeze", account)
                .then()
                .statusCode(200)
                .body("status", equalTo("FROZEN"));
        withdraw(account, "1.00").then().statusCode(422).body("code", equalTo("account-frozen"));
        teller().post("/accounts/{id}/unfreeze", account).then().statusCode(200);
        teller().body(Bank.movement("100.00"))
                .put("/accounts/{id}/overdraft-limit", account)
                .then()
                .statusCode(200)
                .body("overdraftLimit.amount", equalTo("100.00"));
        withdraw(account, "110.00").then().body("balance.amount", equalTo("-100.00"));
        teller().delete("/accounts/{id}", account)
                .then()
                .statusCode(422)
                .body("code", equalTo("balance-not-zero"));
        deposit(account, "100.00").then().statusCode(201);
        teller().delete("/accounts/{id}", account)
                .then()
                .statusCode(200)
                .body("status", equalTo("CLOSED"));
        deposit(account, "1.00").then().statusCode(422).body("code", equalTo("account-closed"));
    }

    @Test
    void a_freeze_needs_no_reason() {
        teller().post("/accounts/{id}/freeze", open("1.00")).then().statusCode(200);
    }

    @Test
    void an_unknown_account_is_not_found() {
        deposit("01890a5d-ac96-774b-bcce-b302099a8057", "1.00")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:banking:problem:account-not-found"))
                .body("code", equalTo("account-not-found"));
    }

    @Test
    void if_match_lets_a_command_pass_only_at_that_version() {
        var account = open("10.00");

        teller().header("If-Match", "\"2\"")
                .body(Bank.movement("1.00"))
                .post("/accounts/{id}/deposits", account)
                .then()
                .statusCode(201);
        teller().header("If-Match", "\"2\"")
                .body(Bank.movement("1.00"))
                .post("/accounts/{id}/deposits", account)
                .then()
                .statusCode(412)
                .body("code", equalTo("version-moved"));
        teller().header("If-Match", "2")
                .body(Bank.movement("1.00"))
                .post("/accounts/{id}/deposits", account)
                .then()
                .statusCode(400);
        assertThat(Bank.balance(account)).isEqualTo("11.00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"2\"|201",
                "*|201",
                "\"1\", \"2\"|201",
                "\"x,y\",\"2\",|201",
                "W/\"2\"|412",
                "\"1\",W/\"2\" , \"3\"|412",
                "\"02\"|412",
                "\"\"|412",
                "\"99999999999999999999\"|412",
                "W/2|400",
                "w/\"2\"|400",
                "\"1\" \"2\"|400",
                "\"1\", 2|400",
                "\"2|400",
                "*, \"2\"|400",
                "2|400",
            })
    void if_match_may_be_a_list_of_which_a_strong_etag_matches(String ifMatch, int status) {
        var account = open("10.00");

        teller().header("If-Match", ifMatch)
                .body(Bank.movement("1.00"))
                .post("/accounts/{id}/deposits", account)
                .then()
                .statusCode(status);
    }

    @Test
    void time_travel_shows_the_account_as_it_was() {
        var account = open("10.00");
        deposit(account, "5.00");
        withdraw(account, "15.00");

        Bank.as("auditor")
                .get("/streams/account/{id}/state?version=3", account)
                .then()
                .statusCode(200)
                .body("state.version", equalTo(3))
                .body("state.balance.amount", equalTo("15.00"))
                .body("intact", equalTo(true));
        Bank.as("auditor")
                .get("/streams/account/{id}/state?version=5", account)
                .then()
                .statusCode(404)
                .body("code", equalTo("stream-not-found"));
    }

    @Test
    void the_journal_is_read_in_pages() {
        var account = open("10.00");
        deposit(account, "5.00");

        Bank.as("auditor")
                .get("/streams/account/{id}/events?limit=2", account)
                .then()
                .statusCode(200)
                .body("events.type[0]", equalTo("AccountOpened"))
                .body("events.payload[1].balance.minorUnits", equalTo(1000))
                .body("next", equalTo(2));
        Bank.as("auditor")
                .get("/streams/account/{id}/events?limit=2&after=2", account)
                .then()
                .body("events.version", equalTo(List.of(3)))
                .body("next", nullValue());
        Bank.as("operator")
                .get("/streams/account?limit=1")
                .then()
                .body("streams.size()", equalTo(1));
    }

    @Test
    void a_journal_row_changed_behind_the_services_back_is_noticed() {
        var account = open("10.00");
        Bank.sql(
                "alter table event disable trigger event_is_append_only",
                "update event set payload = replace(payload, '1000', '9000') where stream_id = '"
                        + account
                        + "'",
                "alter table event enable trigger event_is_append_only");

        Bank.state(account).then().statusCode(200).body("intact", equalTo(false));
    }
}
