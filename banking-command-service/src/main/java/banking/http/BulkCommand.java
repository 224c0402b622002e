package banking.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One command of a bulk.
 *
 * @param operation the operation that would be called for it alone
 * @param path what that operation's path names, by name
 */
record BulkCommand(
        @Schema(description = "The operationId of what would be called", examples = "depositMoney")
                String operation,
        @Schema(
                        description =
                                "What the operation's path names; left out where it names nothing",
                        examples = "{\"accountId\":\"01890a5d-ac96-774b-bcce-b302099a8057\"}")
                Map<String, String> path,
        @Schema(
                        nullable = true,
                        description = "As the header Idempotency-Key",
                        examples = "salary-2026-11-4711")
                @Nullable String idempotencyKey,
        @Schema(nullable = true, description = "As the header If-Match", examples = "*")
                @Nullable String ifMatch,
        @Schema(
                        implementation = Object.class,
                        description = "The operation's body; left out where it has none",
                        examples = "{\"amount\":\"12.34\",\"currency\":\"EUR\"}")
                JsonNode body) {

    private static final Set<String> MEMBERS =
            Set.of("operation", "path", "idempotencyKey", "ifMatch", "body");

    /**
     * @throws io.quarkiverse.resteasy.problem.HttpProblem {@code malformed-request}
     */
    static BulkCommand of(JsonNode said) {
        if (!said.isObject()) {
            throw Problems.malformed("A command is a JSON object.");
        }
        for (Iterator<String> names = said.fieldNames(); names.hasNext(); ) {
            if (!MEMBERS.contains(names.next())) {
                throw Problems.malformed(
                        "A command has no other members than operation, path, idempotencyKey,"
                                + " ifMatch and body.");
            }
        }
        var operation = text("operation", said.path("operation"));
        if (operation == null) {
            throw Problems.malformed("A command names its operation.");
        }
        return new BulkCommand(
                operation,
                path(said.path("path")),
                text("idempotencyKey", said.path("idempotencyKey")),
                text("ifMatch", said.path("ifMatch")),
                said.path("body"));
    }

    private static Map<String, String> path(JsonNode said) {
        if (!said.isObject() && !isAbsent(said)) {
            throw unexpected("path");
        }
        var path = new HashMap<String, String>();
        for (var named : said.properties()) {
            if (!named.getValue().isTextual()) {
                throw unexpected("path");
            }
            path.put(named.getKey(), named.getValue().textValue());
        }
        return path;
    }

    private static @Nullable String text(String member, JsonNode said) {
        if (!said.isTextual() && !isAbsent(said)) {
            throw unexpected(member);
        }
        return said.textValue();
    }

    private static boolean isAbsent(JsonNode said) {
        return said.isMissingNode() || said.isNull();
    }

    boolean hasBody() {
        return !isAbsent(body);
    }

    private static RuntimeException unexpected(String member) {
        return Problems.malformed("The member " + member + " is not of the type expected here.");
    }
}
