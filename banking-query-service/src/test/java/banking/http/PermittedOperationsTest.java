package banking.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

/** What no service starts with. */
class PermittedOperationsTest {

    private static JsonNode document(String operation) throws JsonProcessingException {
        return JsonMapper.builder()
                .build()
                .readTree(
                        """
                        {"paths": {
                            "/known": {"get": {"operationId": "accounts"}},
                            "/planted": {"post": {"operationId": "%s"}}}}"""
                                .replace("%s", operation));
    }

    @Test
    void an_operation_that_the_permissions_do_not_name_stops_the_start()
            throws JsonProcessingException {
        var planted = document("planted");

        assertThatThrownBy(() -> PermittedOperations.check(planted))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("planted is not in the permissions");
        assertThatCode(() -> PermittedOperations.check(document("accounts")))
                .doesNotThrowAnyException();
    }

    @Test
    void a_document_without_operations_is_none() throws JsonProcessingException {
        var none = JsonMapper.builder().build().readTree("{}");

        assertThatThrownBy(() -> PermittedOperations.check(none))
                .isInstanceOf(IllegalStateException.class);
    }
}
