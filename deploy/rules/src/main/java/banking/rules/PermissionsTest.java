package banking.rules;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;

import banking.rules.ApiDocument.Operation;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Calls every operation of a service in every role, and as a customer with what is the customer's
 * own, another's, and nobody's; a test of each service inherits it.
 */
public abstract class PermissionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CUSTOMER = "customer";
    private static final List<String> ROLES =
            List.of(CUSTOMER, "teller", "supervisor", "operator", "auditor", "comparer");

    private static final Set<String> OF_EVERY_ANSWER = Set.of("x-correlation-id", "date");
    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private TestIssuer issuer;

    /** The roles of each operation, by its id, with spaces between. */
    protected abstract Map<String, String> expected();

    /** Values of path parameters that name no customer's things. */
    protected abstract Map<String, Object> names();

    /** Somebody, and values of path parameters that name what is theirs. */
    public record Customer(String id, Map<String, Object> things) {}

    protected abstract Customer newCustomer();

    @BeforeEach
    void open() {
        issuer = TestIssuer.start();
        var operation = ApiDocument.read().operations().getFirst();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> call(operation, as("nobody"), Map.of()).statusCode() == 403);
    }

    @AfterEach
    void close() {
        issuer.close();
    }

    private static RequestSpecification as(String role) {
        return with(TestToken.of("a-" + role, role));
    }

    protected static RequestSpecification asCustomer(String id) {
        return with(TestToken.of("sub-of-" + id, CUSTOMER).with("customer_id", id));
    }

    private static RequestSpecification with(TestToken token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private Response call(Operation operation, RequestSpecification request, Map<String, ?> ids) {
        var values = new HashMap<String, Object>(names());
        values.putAll(ids);
        return ApiCall.send(operation, ApiCall.body(operation, request), values);
    }

    @Test
    void every_operation_lets_in_the_roles_that_it_is_for_and_nobody_else() {
        var documented = new TreeMap<String, String>();
        var wrong = new ArrayList<String>();
        for (var operation : ApiDocument.read().operations()) {
            documented.put(operation.id(), String.join(" ", new TreeSet<>(operation.roles())));
            for (var role : ROLES) {
                var request = role.equals(CUSTOMER) ? asCustomer(newId()) : as(role);
                var isLetIn = isLetIn(call(operation, request, Map.of()));
                if (isLetIn != operation.roles().contains(role)) {
                    wrong.add(operation + (isLetIn ? " lets in a " : " lets out a ") + role);
                }
            }
            if (call(operation, as("nobody"), Map.of()).statusCode() != 403
                    || call(operation, as(CUSTOMER), Map.of()).statusCode() != 403
                    || call(operation, given(), Map.of()).statusCode() != 401) {
                wrong.add(operation + " lets in who is nobody");
            }
        }
        assertThat(wrong, empty());
        assertThat(documented, equalTo(new TreeMap<>(expected())));
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static boolean isLetIn(Response answer) {
        assertThat(answer.asString(), answer.statusCode() < 500, equalTo(true));
        assertThat(answer.statusCode(), not(equalTo(401)));
        return answer.statusCode() != 403;
    }

    @Test
    void what_is_anothers_looks_like_what_is_not_there() {
        var own = newCustomer();
        var other = newCustomer();
        var wrong = new ArrayList<String>();
        for (var operation : ApiDocument.read().operations()) {
            if (operation.roles().contains(CUSTOMER) && operation.path().contains("{")) {
                for (var condition : List.of("", "\"1\"", "\"2\"", "\"99\"")) {
                    var others = seen(call(operation, asking(own, condition), other.things()));
                    var nobodys = seen(call(operation, asking(own, condition), Map.of()));
                    if (!others.equals(nobodys)) {
                        wrong.add(operation + ": " + others + " is not " + nobodys);
                    }
                }
                var answer = call(operation, asCustomer(own.id()), own.things());
                if (!isLetIn(answer) || answer.statusCode() == 404) {
                    wrong.add(operation + " of one's own: " + answer.asString());
                }
            }
        }
        assertThat(wrong, empty());
    }

    /** How many statements had this among their parameters since it was asked last. */
    protected abstract long statementsAbout(String value);

    /** No clock is asked, which would tell of other things as well. */
    @Test
    void what_is_anothers_costs_the_database_as_much_as_what_is_not_there() {
        var own = newCustomer();
        var other = newCustomer();
        var wrong = new ArrayList<String>();
        var asked = 0L;
        for (var operation : ApiDocument.read().operations()) {
            if (operation.roles().contains(CUSTOMER) && operation.path().contains("{")) {
                var others = statements(operation, own, other.things());
                var nobodys = statements(operation, own, nobodys(other.things()));
                asked += others;
                if (others != nobodys) {
                    wrong.add(operation + ": " + others + " statements, and " + nobodys);
                }
            }
        }
        assertThat(wrong, empty());
        assertThat(asked, greaterThan(0L));
    }

    private static Map<String, Object> nobodys(Map<String, Object> things) {
        var ids = new HashMap<String, Object>();
        things.keySet().forEach(name -> ids.put(name, newId()));
        return ids;
    }

    private long statements(Operation operation, Customer customer, Map<String, Object> ids) {
        var first =
                ids.entrySet().stream()
                        .filter(id -> operation.path().contains("{" + id.getKey() + "}"))
                        .min(
                                Comparator.comparingInt(
                                        id -> operation.path().indexOf("{" + id.getKey() + "}")))
                        .orElseThrow();
        statementsAbout("");
        call(operation, asCustomer(customer.id()), ids);
        return statementsAbout(String.valueOf(first.getValue()));
    }

    /** With a condition on the version, which says something of what is there. */
    private static RequestSpecification asking(Customer customer, String version) {
        var request = asCustomer(customer.id());
        return version.isEmpty()
                ? request
                : request.header("If-Match", version).header("If-None-Match", version);
    }

    /** All that a caller can tell apart. */
    private static String seen(Response answer) {
        assertThat(answer.asString(), List.of(404, 412).contains(answer.statusCode()));
        var headers =
                answer.headers().asList().stream()
                        .map(header -> header.getName().toLowerCase(Locale.ROOT))
                        .filter(name -> !OF_EVERY_ANSWER.contains(name))
                        .map(name -> name + "=" + answer.header(name))
                        .collect(Collectors.joining("\n"));
        return answer.statusCode() + headers + answer.asString().replaceAll(ID, "{id}");
    }
}
