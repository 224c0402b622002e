package banking.journal;

import static banking.Bank.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import banking.CommandServiceTest;
import banking.Published;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the query side says it stands on, held against the journal. */
@CommandServiceTest
class ComparisonTest {

    @AfterAll
    static void forget() throws Exception {
        Published.forget();
    }

    private String account = "";

    @BeforeEach
    void open() {
        account = TamperingTest.account();
    }

    /** All that the other side has of this account, and of none beside it. */
    private ValidatableResponse compare(List<Map<String, Object>> heads) {
        var id = UUID.fromString(account);
        var before = new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() - 1);
        return as("operator")
                .contentType(ContentType.JSON)
                .body(
                        Map.of(
                                "type",
                                "account",
                                "after",
                                before.toString(),
                                "upTo",
                                account,
                                "heads",
                                heads))
                .post("/journal/comparison")
                .then()
                .statusCode(200);
    }

    private Map<String, Object> head(int version, String hash) {
        return Map.of("id", account, "version", version, "hash", hash);
    }

    private String hash(int version) {
        return as("auditor")
                .get("/streams/account/{id}/events", account)
                .path("events.find { it.version == %d }.hash".formatted(version));
    }

    @Test
    void what_is_the_same_or_only_under_way_is_no_difference() {
        compare(List.of(head(5, hash(5))))
                .body("compared", equalTo(1))
                .body("differences", empty());
        compare(List.of(head(3, hash(3)))).body("differences", empty());
        compare(List.of()).body("differences", empty());
    }

    @Test
    void an_event_that_the_journal_has_not_names_its_stream() {
        compare(List.of(head(5, hash(4))))
                .body("differences.id", contains(account))
                .body("differences.why", contains("has another version 5 in the journal"));
        compare(List.of(head(6, hash(5))))
                .body("differences.why", contains("has no version 6 in the journal"));
    }

    @Test
    void a_tail_that_was_cut_off_is_found_by_who_has_seen_it() {
        var last = hash(5);
        TamperingTest.change("delete from event where {id} and version > 3", account);

        compare(List.of(head(5, last)))
                .body("differences.why", contains("has no version 5 in the journal"));
    }

    @Test
    void what_nobody_has_seen_for_a_while_is_a_difference() {
        TamperingTest.change(
                "update event set occurred_at = occurred_at - interval '2 minutes' where {id}",
                account);

        compare(List.of(head(3, hash(3))))
                .body("differences.why", contains("was not seen from version 4 on"));
        compare(List.of()).body("differences.why", contains("was not seen from version 1 on"));
    }
}
