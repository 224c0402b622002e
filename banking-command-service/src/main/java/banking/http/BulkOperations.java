package banking.http;

import banking.pipeline.Bulk;
import banking.security.Caller;
import banking.security.Permission;
import banking.security.Scope;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.quarkus.security.ForbiddenException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls for each command of a bulk the operation that it names, as a request of its own would. */
@ApplicationScoped
class BulkOperations {

    private final List<GivesCommands> resources;
    private final ObjectMapper json;
    private volatile @Nullable Map<String, Known> all;

    private record Known(CommandOperation<?> operation, @Nullable Permission permission) {}

    BulkOperations(@All List<GivesCommands> resources, ObjectMapper json) {
        this.resources = resources;
        this.json = json;
    }

    /**
     * @param item learns what becomes known of the command
     * @return the operation's answer, once the bulk is given
     * @throws RuntimeException as the operation's own request would fail
     */
    CompletionStage<Response> call(JsonNode said, BulkItem item, Bulk bulk, RoutingContext request)
            throws JsonProcessingException {
        var command = BulkCommand.of(said);
        var known = known(command.operation());
        item.isFor(known.operation, command);
        checkThatMay(Permitted.caller(request), known.permission);
        checkPath(known.operation, command);
        item.comesWith(new ItemHeaders(command, item.asked(), bulk, request));
        return call(known.operation, item, command);
    }

    private <B> CompletionStage<Response> call(
            CommandOperation<B> operation, BulkItem item, BulkCommand command)
            throws JsonProcessingException {
        if (operation.body() == Void.class && command.hasBody()) {
            throw Problems.malformed(operation.id() + " takes no body.");
        }
        return operation.call().of(item, json.treeToValue(command.body(), operation.body()));
    }

    private Known known(String operation) {
        var known = all().get(operation);
        if (known == null) {
            throw Problems.malformed("No operation of this name gives a command.");
        }
        return known;
    }

    /**
     * Resources let nobody in who has not said who it is, not even to look what they have: so they
     * are asked with the first bulk.
     */
    private Map<String, Known> all() {
        var known = all;
        if (known == null) {
            known = new HashMap<>();
            for (var resource : resources) {
                for (var each : resource.operations()) {
                    var permission = Permitted.permission(each.id()).orElse(null);
                    known.put(each.id(), new Known(each, permission));
                }
            }
            all = known;
        }
        return known;
    }

    private static void checkThatMay(Caller caller, @Nullable Permission permission) {
        if (permission == null || permission.of(caller) instanceof Scope.Nothing) {
            throw new ForbiddenException();
        }
    }

    private static void checkPath(CommandOperation<?> operation, BulkCommand command) {
        if (!command.path().keySet().equals(new HashSet<>(operation.path()))) {
            var names =
                    operation.path().isEmpty() ? "nothing" : String.join(" and ", operation.path());
            throw Problems.malformed("The path of " + operation.id() + " names " + names + ".");
        }
    }
}
