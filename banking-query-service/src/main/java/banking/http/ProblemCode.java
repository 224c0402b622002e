package banking.http;

/**
 * The problems (RFC 9457) that any request can meet, whatever it is about. A problem's {@code type}
 * is {@code urn:banking:problem:} followed by its code.
 */
public enum ProblemCode implements Refusal {
    MALFORMED_REQUEST(400, "The request cannot be read"),
    NOT_AUTHENTICATED(401, "Who is calling is not known"),
    NOT_PERMITTED(403, "The caller may not do this"),
    CROSS_SITE_REQUEST(403, "A page of another site had a browser send this"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "The resource does not take this method"),
    NOT_ACCEPTABLE(406, "The resource has no such representation"),
    PAYLOAD_TOO_LARGE(413, "The request's body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The request's body is not JSON"),
    INVALID_REQUEST(422, "The request says something that cannot be"),
    TOO_MANY_TRIES(429, "Name or password were wrong too often"),
    TOO_MANY_REQUESTS(429, "Too many requests came at once"),
    INTERNAL_ERROR(500, "Something is broken here; nothing was changed"),
    OVERLOADED(503, "Too much is waiting; nothing was done"),
    STOPPING(503, "The service is stopping; nothing was done"),
    UNAVAILABLE(503, "The database does not answer");

    @SuppressWarnings("ImmutableEnumChecker") // Its list is, too.
    private final Terms terms;

    ProblemCode(int status, String title) {
        terms = Terms.of(status, title);
    }

    @Override
    public Terms terms() {
        return terms;
    }

    /** What a bare HTTP status means, where nothing more is known. */
    static ProblemCode ofStatus(int status) {
        return switch (status) {
            case 401 -> NOT_AUTHENTICATED;
            case 403 -> NOT_PERMITTED;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> PAYLOAD_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 422 -> INVALID_REQUEST;
            case 503 -> OVERLOADED;
            default -> status < 500 ? MALFORMED_REQUEST : INTERNAL_ERROR;
        };
    }
}
