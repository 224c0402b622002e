package banking.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The services take the tokens of a real Keycloak; only run with {@code -Pkeycloak}. */
@EnabledIfSystemProperty(named = "bank.keycloak", matches = ".+")
class KeycloakTest {

    @Test
    void a_token_of_keycloak_is_worth_its_roles_in_both_services(@TempDir Path directory)
            throws Exception {
        try (RunningBank bank = RunningBank.start(directory)) {
            TokenHolder teller = TokenHolder.of(bank.issuer(), "teller");
            JsonNode opened =
                    teller.post(
                            bank.command().uri(),
                            "/accounts",
                            "{\"owner\":\"Alice\",\"currency\":\"EUR\"}");
            String path = "/accounts/" + opened.path("accountId").textValue();

            assertThat(teller.get(bank.query().uri(), path + "?min-version=1").statusCode())
                    .isEqualTo(200);
            TokenHolder customer = TokenHolder.of(bank.issuer(), "alice");
            assertThat(customer.get(bank.query().uri(), path).statusCode()).isEqualTo(404);
            assertThat(customer.get(bank.query().uri(), "/accounts").statusCode()).isEqualTo(200);
            assertThat(customer.get(bank.command().uri(), "/outbox").statusCode()).isEqualTo(403);
            TokenHolder auditor = TokenHolder.of(bank.issuer(), "auditor");
            String id = opened.path("accountId").textValue();
            assertThat(
                            auditor.get(bank.command().uri(), "/streams/account/" + id + "/events")
                                    .body())
                    .contains("\"actor\":\"7be0a2c1-3c57-4c1c-9d5c-0d3f2b8f0001\"");
        }
    }
}
