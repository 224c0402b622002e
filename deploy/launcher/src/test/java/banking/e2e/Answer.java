package banking.e2e;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a command was answered.
 *
 * @param body the account as the command left it, or the problem
 */
record Answer(Command command, int status, JsonNode body) {

    private static final int CREATED = 201;
    private static final int UNPROCESSABLE = 422;
    private static final int UNAVAILABLE = 503;

    boolean accepted() {
        return status == CREATED;
    }

    /** Refused for good, by the account's rules. */
    boolean refused() {
        return status == UNPROCESSABLE && body.path("code").asText().equals("insufficient-funds");
    }

    /** Whether the command was done is not known. */
    boolean unavailable() {
        return status == UNAVAILABLE;
    }

    String account() {
        return body.get("accountId").asText();
    }

    long version() {
        return body.get("version").asLong();
    }
}
