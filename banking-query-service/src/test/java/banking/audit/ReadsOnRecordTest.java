package banking.audit;

import static banking.Feed.event;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.nullValue;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.AccountEvent.AccountOpened;
import banking.events.CustomerId;
import banking.rules.TestIssuer;
import banking.rules.TestToken;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class ReadsOnRecordTest {

    private static final int BURST = 10_000;
    private static final int AT_ONCE = 16;

    private final String story = UUID.randomUUID().toString();
    private final Instant from = Instant.now();
    private final UUID account = UUID.randomUUID();

    private RequestSpecification within(RequestSpecification request) {
        return request.header("X-Correlation-ID", story);
    }

    @Test
    void who_reads_is_on_record() {
        Feed.send(Feed.account(account, "Alice", 2));
        Bank.account(account, 2);
        within(Bank.as("teller")).get("/accounts/{id}/statement", account);

        var entry = entry();
        assertThat(entry, hasEntry("actor", "teller"));
        assertThat(entry, hasEntry("roles", List.of("teller")));
        assertThat(entry, hasEntry("operation", "statement"));
        assertThat(entry, hasEntry("kind", "account"));
        assertThat(entry, hasEntry("aggregate", account.toString()));
        assertThat(entry, hasEntry("status", 200));
        assertThat(entry, hasEntry("address", "127.0.0.1"));
        assertThat(entry.get("code"), nullValue());
    }

    @Test
    void so_is_whose_accounts_are_listed() {
        within(Bank.as("teller")).get("/accounts?customerId={id}", account);

        var entry = entry();
        assertThat(entry, hasEntry("operation", "accounts"));
        assertThat(entry, hasEntry("kind", "customer"));
        assertThat(entry, hasEntry("status", 200));
    }

    @Test
    void so_is_who_is_refused() {
        within(Bank.as("operator")).get("/accounts/{id}", account);

        var entry = entry();
        assertThat(entry, hasEntry("actor", "operator"));
        assertThat(entry, hasEntry("operation", "account"));
        assertThat(entry, hasEntry("status", 403));
        assertThat(entry, hasEntry("code", "not-permitted"));
    }

    @Test
    void so_is_a_wrong_password() {
        within(given().auth().preemptive().basic("auditor", "wrong"))
                .get("/accounts/{id}", account);

        var entry = entry();
        assertThat(entry, hasEntry("actor", ""));
        assertThat(entry, hasEntry("operation", "GET /accounts/{id}"));
        assertThat(entry, hasEntry("status", 401));
        assertThat(entry, hasEntry("code", "not-authenticated"));
    }

    @Test
    void what_is_anothers_is_told_apart_on_record_alone() {
        var owner = UUID.randomUUID();
        Feed.send(event(account, 1, new AccountOpened("Alice", Feed.EUR, new CustomerId(owner))));
        Bank.account(account, 1);
        try (var _ = TestIssuer.start()) {
            Bank.eventually().until(() -> asCustomer(owner).get("/accounts").statusCode() == 200);
            within(asCustomer(UUID.randomUUID()))
                    .get("/accounts/{id}", account)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("account-not-found"));
        }

        var entry = entry();
        assertThat(entry, hasEntry("roles", List.of("customer")));
        assertThat(entry, hasEntry("status", 404));
        assertThat(entry, hasEntry("code", "not-permitted"));
    }

    private static RequestSpecification asCustomer(UUID customer) {
        var token = TestToken.of("sub-of-" + customer, "customer");
        return given().header(
                        "Authorization",
                        "Bearer " + token.with("customer_id", customer.toString()));
    }

    @Test
    void what_an_operator_does_is_on_record_before_it_is_done_and_why_after() {
        within(Bank.as("operator"))
                .queryParam("because", "the cause is mended")
                .post("/projections/accounts/parked/{id}/replay", account);

        Bank.eventually().until(() -> ofStory().size() == 2);
        var page = page(500);
        assertThat(
                page.getList(mine("operation")),
                contains("replayParkedStream", "replayParkedStream"));
        assertThat(page.getList(mine("status")), contains(0, 404));
        assertThat(page.getList(mine("reason")), contains(null, "the cause is mended"));
    }

    @Test
    void of_ten_thousand_none_is_lost() throws InterruptedException {
        Feed.send(Feed.account(account, "Alice", 1));
        Bank.account(account, 1);
        var login = Base64.getEncoder().encodeToString("teller:teller".getBytes(UTF_8));
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://localhost:%d/accounts/%s"
                                                .formatted(RestAssured.port, account)))
                        .header("Authorization", "Basic " + login)
                        .header("X-Correlation-ID", story)
                        .build();
        try (var callers = Executors.newFixedThreadPool(AT_ONCE);
                var http = HttpClient.newBuilder().version(Version.HTTP_1_1).build()) {
            callers.invokeAll(
                    Collections.nCopies(
                            BURST,
                            () -> http.send(request, BodyHandlers.discarding()).statusCode()));
        }
        Bank.eventually().until(this::entries, equalTo(BURST));
    }

    private int entries() {
        var found = 0;
        String after = null;
        do {
            var page = page(500, after);
            found += page.getList(mine("id")).size();
            after = page.get("next");
        } while (after != null);
        return found;
    }

    @Test
    void nobody_is_shown_what_nobody_asked() {
        assertThat(
                Bank.as("auditor")
                        .get("/audit/reads?aggregate={id}", UUID.randomUUID())
                        .jsonPath()
                        .getList("entries"),
                empty());
    }

    private Map<String, Object> entry() {
        Bank.eventually().until(() -> ofStory().size() == 1);
        return ofStory().getFirst();
    }

    private List<Map<String, Object>> ofStory() {
        return page(500).getList("entries.findAll { it.correlationId == '" + story + "' }");
    }

    private String mine(String member) {
        return "entries.findAll { it.correlationId == '" + story + "' }." + member;
    }

    private JsonPath page(int limit) {
        return page(limit, null);
    }

    private JsonPath page(int limit, @Nullable String after) {
        var request =
                Bank.as("auditor")
                        .queryParam("from", from.toString())
                        .queryParam("aggregate", account)
                        .queryParam("limit", limit);
        return (after == null ? request : request.queryParam("after", after))
                .get("/audit/reads")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
