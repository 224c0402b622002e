package banking.e2e;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a command was answered.
 *
 * @param body what the command made or changed, or the problem
 */
record Answer(Command command, int status, JsonNode body) {

    private static final int UNAVAILABLE = 503;

    /**
     * @param result of the command, in a bulk
     */
    static Answer of(Command command, JsonNode result) {
        String body = result.has("answer") ? "answer" : "problem";
        return new Answer(command, result.get("status").asInt(), result.get(body));
    }

    boolean accepted() {
        return status / 100 == 2;
    }

    /** Refused for good, by the rules of what it was asked of. */
    boolean refused() {
        return status / 100 == 4;
    }

    boolean refusedFor(String code) {
        return refused() && body.path("code").asText().equals(code);
    }

    /** Whether the command was done is not known. */
    boolean unavailable() {
        return status == UNAVAILABLE;
    }

    String account() {
        return text("accountId");
    }

    String text(String member) {
        return body.get(member).asText();
    }

    long version() {
        return body.get("version").asLong();
    }
}
