package banking.http;

import java.util.Locale;

/**
 * The catalogue of problems (RFC 9457). The code is stable: programs decide by it, people read
 * title and detail. A problem's {@code type} is {@code urn:banking:problem:} followed by its code.
 */
public enum ProblemCode {
    MALFORMED_REQUEST(400, "The request cannot be read"),
    NOT_AUTHENTICATED(401, "Who is calling is not known"),
    NOT_PERMITTED(403, "The caller may not do this"),
    CROSS_SITE_REQUEST(403, "A page of another site had a browser send this"),
    NOT_FOUND(404, "There is nothing here"),
    ACCOUNT_NOT_FOUND(404, "There is no such account"),
    TRANSFER_NOT_FOUND(404, "There is no such transfer"),
    CUSTOMER_NOT_FOUND(404, "There is no such customer"),
    COMPANY_NOT_FOUND(404, "There is no such company"),
    TASK_NOT_FOUND(404, "There is no such task"),
    EMPLOYEE_NOT_FOUND(404, "There is no such employee"),
    PROJECTION_NOT_FOUND(404, "There is no such projection"),
    AGGREGATE_NOT_PARKED(404, "Nothing of this aggregate waits"),
    RECORD_NOT_FOUND(404, "No such record waits there"),
    METHOD_NOT_ALLOWED(405, "The resource does not take this method"),
    NOT_ACCEPTABLE(406, "The resource has no such representation"),
    VIEW_BEHIND(412, "The view has not got so far yet"),
    PAYLOAD_TOO_LARGE(413, "The request's body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The request's body is not JSON"),
    INVALID_REQUEST(422, "The request says something that cannot be"),
    TOO_MANY_TRIES(429, "Name or password were wrong too often"),
    INTERNAL_ERROR(500, "Something is broken here; nothing was changed"),
    OVERLOADED(503, "Too much is waiting; nothing was done"),
    STOPPING(503, "The service is stopping; nothing was done"),
    UNAVAILABLE(503, "The database does not answer");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** As programs read it, in kebab case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** Whether the same request may well be answered a moment later. */
    boolean mayPass() {
        return status == 503 || this == VIEW_BEHIND;
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
