package banking.http;

import static org.assertj.core.api.Assertions.assertThat;

import banking.embedded.BankTestResource;
import banking.rules.RefusalsTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class DocumentedRefusalsTest extends RefusalsTest {

    private static final List<String> WAITING =
            List.of(
                    "account",
                    "balance",
                    "holds",
                    "statement",
                    "accountTransfers",
                    "approval",
                    "company",
                    "customer",
                    "employee",
                    "task",
                    "transfer");

    @Override
    protected Map<String, Object> known() {
        return Map.of("projection", "accounts", "record", "0-999999999");
    }

    @Override
    protected Map<String, Object> unknown() {
        return Map.of("projection", "nothing", "record", "0-999999999");
    }

    @Override
    protected Map<String, String> invalidBodies() {
        return Map.of();
    }

    @Override
    protected void provokeMore() {
        for (var id : WAITING) {
            var code =
                    tryTo(
                            id,
                            Map.of(),
                            request ->
                                    (id.equals("transfer")
                                                    ? request.queryParam("from", UUID.randomUUID())
                                                    : request)
                                            .queryParam("min-version", 1));
            assertThat(code).as(id).isEqualTo("view-behind");
        }
        for (var id : List.of("replayParkedStream", "wrapKeys")) {
            var code =
                    tryTo(id, known(), request -> request.queryParam("because", "x".repeat(501)));
            assertThat(code).isEqualTo("invalid-request");
        }
        provoke(
                "namelessRecord",
                "invalid-request",
                Map.of("projection", "accounts", "record", "x"),
                "");
    }
}
