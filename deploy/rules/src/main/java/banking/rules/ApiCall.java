package banking.rules;

import static io.restassured.RestAssured.given;

import banking.rules.ApiDocument.Operation;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How an operation is called, by what its document says of it. */
final class ApiCall {

    static final List<String> USERS = List.of("teller", "auditor", "operator");

    private ApiCall() {}

    /**
     * @param values of the path's parameters; of all others a random id is one
     */
    static Response send(Operation operation, RequestSpecification request, Map<String, ?> values) {
        var path = operation.path();
        for (var value : values.entrySet()) {
            path = path.replace("{" + value.getKey() + "}", String.valueOf(value.getValue()));
        }
        path = path.replaceAll("\\{\\w+}", UUID.randomUUID().toString());
        return request.request(operation.method(), path);
    }

    static RequestSpecification request(Operation operation) {
        return body(operation, as(caller(operation)));
    }

    static RequestSpecification body(Operation operation, RequestSpecification request) {
        return operation.hasBody()
                ? request.contentType(ContentType.JSON)
                        .body(operation.bodyOf(operation.examplesOfTheMembers()))
                : request;
    }

    static RequestSpecification as(String user) {
        return given().auth().preemptive().basic(user, user);
    }

    static String caller(Operation operation) {
        return operation.roles().getFirst();
    }

    static String stranger(Operation operation) {
        return USERS.stream()
                .filter(user -> !operation.roles().contains(user))
                .findFirst()
                .orElseThrow();
    }
}
