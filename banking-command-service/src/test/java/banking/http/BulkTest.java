package banking.http;

import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import banking.Bank;
import banking.CommandServiceTest;
import banking.aggregate.AggregateType;
import io.quarkus.arc.All;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many commands in one request, each as if it had come alone. */
@CommandServiceTest
class BulkTest {

    private static final String LINES = "application/x-ndjson";
    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");

    @Inject @All List<AggregateType<?, ?, ?>> types;

    static Map<String, Object> item(String operation, Map<String, ?> path, Object body) {
        return Map.of("operation", operation, "path", path, "body", body);
    }

    static Map<String, Object> move(String operation, String account, String amount) {
        return item(
                operation,
                Map.of("accountId", account),
                Map.of("amount", amount, "currency", "EUR"));
    }

    static Map<String, Object> under(String key, Map<String, Object> item) {
        var keyed = new TreeMap<>(item);
        keyed.put("idempotencyKey", key);
        return keyed;
    }

    private static ValidatableResponse give(Object... items) {
        return teller().body(List.of(items)).post("/commands").then().statusCode(200);
    }

    @Test
    void each_command_is_answered_in_its_place_as_if_it_had_come_alone() {
        var account = Bank.open("10.00");

        give(
                        move("depositMoney", account, "5.00"),
                        item("openAccount", Map.of(), Map.of("owner", "Bob", "currency", "EUR")),
                        move("withdrawMoney", account, "99.00"),
                        move("withdrawMoney", account, "1.00"),
                        Map.of(
                                "operation",
                                "unfreezeAccount",
                                "path",
                                Map.of("accountId", account)),
                        item(
                                "placeHold",
                                Map.of("accountId", account),
                                Map.of(
                                        "amount",
                                        "1.00",
                                        "currency",
                                        "EUR",
                                        "expires",
                                        "2100-01-01T00:00:00Z")))
                .contentType(ContentType.JSON)
                .body("status", contains(201, 201, 422, 201, 422, 422))
                .body("[0].version", equalTo(3))
                .body("[0].answer.balance.amount", equalTo("15.00"))
                .body("[1].location", containsString("/accounts/"))
                .body("[1].answer.owner", equalTo("Bob"))
                .body("[2].problem.code", equalTo("insufficient-funds"))
                .body("[2].problem.status", equalTo(422))
                .body("[2].answer", equalTo(null))
                .body("[3].version", equalTo(4))
                .body("[3].answer.balance.amount", equalTo("14.00"))
                .body("[4].problem.code", equalTo("account-not-frozen"))
                .body("[5].problem.code", equalTo("expiry-out-of-bounds"));

        assertThat(Bank.balance(account)).isEqualTo("14.00");
    }

    @Test
    void what_is_wrong_with_one_is_nothing_to_the_others() {
        var account = Bank.open("1.00");
        var nobody = Map.of("accountId", UUID.randomUUID().toString());
        var one = Map.of("amount", "1.00", "currency", "EUR");

        give(
                        7,
                        Map.of("path", nobody),
                        Map.of("operation", 7),
                        Map.of("operation", "audit"),
                        Map.of("operation", "depositMoney", "more", 1),
                        Map.of("operation", "depositMoney", "body", one),
                        item("depositMoney", Map.of("accountId", "x"), one),
                        item("depositMoney", Map.of("accountId", 7), one),
                        item("depositMoney", nobody, one),
                        item("depositMoney", nobody, Map.of("amount", 1, "currency", "EUR")),
                        item("depositMoney", nobody, Map.of("amount", "1.00", "unit", "EUR")),
                        move("depositMoney", account, "0.001"),
                        Map.of("operation", "depositMoney", "path", nobody),
                        item("closeAccount", nobody, one),
                        item("eraseCustomer", Map.of("customerId", account), Map.of()),
                        under("\u00e4", move("depositMoney", account, "1.00")),
                        move("depositMoney", account, "1.00"))
                .body(
                        "status",
                        contains(
                                400, 400, 400, 400, 400, 400, 400, 400, 404, 400, 400, 422, 422,
                                400, 403, 400, 201))
                .body("[8].problem.code", equalTo("account-not-found"))
                .body("[9].problem.detail", containsString("amount"))
                .body("[11].problem.code", equalTo("invalid-request"))
                .body("[11].problem.violations[0].field", equalTo("amount"))
                .body("[12].problem.violations[0].field", equalTo("body"))
                .body("[14].problem.code", equalTo("not-permitted"));

        assertThat(Bank.balance(account)).isEqualTo("2.00");
    }

    @Test
    void a_key_names_the_same_command_alone_and_in_bulk() {
        var account = Bank.open("1.00");
        var key = UUID.randomUUID().toString();
        var first = give(under(key, move("depositMoney", account, "1.00"))).extract();

        teller().header("Idempotency-Key", key)
                .body(Bank.movement("1.00"))
                .post("/accounts/{id}/deposits", account)
                .then()
                .statusCode(201)
                .header("X-Correlation-ID", equalTo(first.path("[0].correlationId")))
                .header("ETag", equalTo("\"3\""));
        give(
                        under(key, move("depositMoney", account, "1.00")),
                        under(key, move("depositMoney", account, "2.00")),
                        under(key, move("withdrawMoney", account, "1.00")))
                .body("status", contains(201, 422, 422))
                .body("[0].version", equalTo(3))
                .body("[1].problem.code", equalTo("idempotency-key-reused"));

        assertThat(Bank.balance(account)).isEqualTo("2.00");
    }

    @Test
    void a_version_is_waited_for_in_vain_once_it_has_passed() {
        var account = Bank.open("1.00");
        var deposit = new TreeMap<>(move("depositMoney", account, "1.00"));
        deposit.put("ifMatch", "\"2\"");

        give(deposit, deposit)
                .body("status", contains(201, 412))
                .body("[1].problem.code", equalTo("version-moved"));
    }

    @Test
    void what_needs_a_second_pair_of_eyes_waits_for_it() {
        var account = Bank.open("1.00");

        Bank.as("supervisor")
                .contentType(ContentType.JSON)
                .body(List.of(item("freezeAccount", Map.of("accountId", account), Map.of())))
                .post("/commands")
                .then()
                .body("[0].status", equalTo(202))
                .body("[0].location", containsString("/approvals/"))
                .body("[0].answer.status", equalTo("WAITING"));
    }

    /** A new operation that gives a command is to be named by its resource. */
    @Test
    void all_commands_can_be_given_in_bulk() {
        var commands =
                types.stream().flatMap(type -> type.commands().stream()).map(Class::getSimpleName);
        var known = commands.map(name -> name.toLowerCase(java.util.Locale.ROOT)).toList();
        var items = new ArrayList<Object>();
        Map<String, Map<String, Map<String, Object>>> paths =
                teller().accept("application/json").get("/q/openapi").path("paths");
        paths.forEach(
                (path, methods) ->
                        methods.forEach(
                                (_, operation) -> {
                                    var id = String.valueOf(operation.get("operationId"));
                                    if (known.contains(id.toLowerCase(java.util.Locale.ROOT))) {
                                        items.add(item(id, names(path), "none"));
                                    }
                                }));

        var answers = give(items.toArray());

        assertThat(items).hasSizeGreaterThan(20);
        // None has a text as its body, and only a supervisor may do all of it.
        answers.body("problem.detail", not(hasSize(0)));
        for (int i = 0; i < items.size(); i++) {
            String detail = answers.extract().path("[" + i + "].problem.detail");
            assertThat(detail)
                    .as(items.get(i).toString())
                    .matches(
                            ".* takes no body\\.|The body is not the JSON object.*|The caller may not do this");
        }
    }

    private static Map<String, String> names(String path) {
        var names = new TreeMap<String, String>();
        IN_PATH.matcher(path)
                .results()
                .forEach(name -> names.put(name.group(1), UUID.randomUUID().toString()));
        return names;
    }

    @Test
    void what_is_refused_is_on_record_as_if_it_had_come_alone() {
        var account = Bank.open("1.00");
        var story = UUID.randomUUID().toString();
        teller().header("X-Correlation-ID", story)
                .body(
                        List.of(
                                move("withdrawMoney", account, "9.00"),
                                move("depositMoney", account, "1.00"),
                                item("eraseCustomer", Map.of("customerId", account), Map.of()),
                                7))
                .post("/commands")
                .then()
                .body("correlationId", contains(story, story, story, story));

        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(record(story))
                                        .containsExactlyInAnyOrder(
                                                "withdrawMoney account 422 insufficient-funds",
                                                "eraseCustomer customer 403 not-permitted",
                                                "giveCommands null 400 malformed-request",
                                                "giveCommands null 200 null"));
        assertThat(Bank.count("event where correlation_id = '" + story + "'")).isEqualTo(1);
    }

    private static List<String> record(String story) throws java.sql.SQLException {
        try (var database = Bank.database();
                var statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                "select operation, kind, status, code from audit_entry"
                                        + " where correlation_id = '%s'".formatted(story))) {
            var entries = new ArrayList<String>();
            while (rows.next()) {
                entries.add(
                        String.join(
                                " ",
                                Stream.of(1, 2, 3, 4).map(column -> text(rows, column)).toList()));
            }
            return entries;
        }
    }

    private static String text(java.sql.ResultSet row, int column) {
        try {
            return String.valueOf(row.getString(column));
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[", "[1,]", "[]x", "7", "[{\"a\":1,\"a\":1}]"})
    void what_is_no_array_is_refused_as_a_whole(String body) {
        teller().body(body)
                .post("/commands")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed-request"));
    }

    @Test
    void as_many_as_are_taken_are_taken_and_no_more() {
        var account = Bank.open("1.00");
        var deposit = move("depositMoney", account, "1.00");

        give(Collections.nCopies(1000, deposit).toArray()).body("", hasSize(1000));
        for (var number : List.of(0, 1001)) {
            teller().body(Collections.nCopies(number, deposit))
                    .post("/commands")
                    .then()
                    .statusCode(422)
                    .body("violations[0].field", equalTo("commands"));
        }

        assertThat(Bank.balance(account)).isEqualTo("1001.00");
    }

    @Test
    void a_bulk_may_be_larger_than_other_requests_and_has_a_bound_of_its_own() {
        var large = "[" + " ".repeat(500_000) + "7]";
        post(large).then().statusCode(200);
        teller().body(large).post("/accounts").then().statusCode(413);
        post(large + " ".repeat(600_000))
                .then()
                .statusCode(413)
                .body("code", equalTo("payload-too-large"));
    }

    private static RequestSpecification ofLines(String body) {
        return Bank.as("teller").contentType(LINES).body(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Response post(String body) {
        return teller().body(body).post("/commands");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency-Key", "If-Match"})
    void the_headers_of_one_command_are_nothing_for_many(String header) {
        teller().header(header, "\"1\"")
                .body(List.of(7))
                .post("/commands")
                .then()
                .statusCode(400)
                .body("detail", equalTo("Each command has its own " + header + "."));
    }

    @Test
    void lines_are_answered_with_lines_and_each_stands_for_itself() {
        var account = Bank.open("1.00");
        var deposit =
                """
                {"operation":"depositMoney","path":{"accountId":"%s"},"body":%s}"""
                        .formatted(account, Bank.movement("1.00").strip());
        var answer =
                ofLines(deposit + "\n{\n\n" + deposit + " 7\r\n" + deposit)
                        .post("/commands")
                        .then()
                        .statusCode(200)
                        .contentType(LINES)
                        .extract()
                        .asString();

        var lines = answer.lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("{\"status\":201,\"version\":3,");
        assertThat(lines.get(1)).startsWith("{\"status\":400,");
        assertThat(lines.get(2)).startsWith("{\"status\":400,");
        assertThat(lines.get(3)).contains("\"amount\":\"3.00\"");
        ofLines(deposit)
                .accept(ContentType.JSON)
                .post("/commands")
                .then()
                .contentType(ContentType.JSON)
                .body("status", contains(201));
    }
}
