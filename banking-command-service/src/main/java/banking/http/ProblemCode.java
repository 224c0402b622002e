package banking.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    STREAM_NOT_FOUND(404, "There is no such stream, or not up to this version"),
    CUSTOMER_NOT_FOUND(404, "There is no such customer"),
    COMPANY_NOT_FOUND(404, "There is no such company"),
    TASK_NOT_FOUND(404, "There is no such task"),
    EMPLOYEE_NOT_FOUND(404, "There is no such employee"),
    HOLD_NOT_FOUND(404, "The account has no such hold, or it has ended"),
    POLICY_NOT_FOUND(404, "There is no such policy"),
    STREAM_NOT_PARKED(404, "The policy has not parked this stream"),
    METHOD_NOT_ALLOWED(405, "The resource does not take this method"),
    NOT_ACCEPTABLE(406, "The resource has no such representation"),
    ACCOUNT_ALREADY_OPENED(409, "The account was opened before"),
    CUSTOMER_ALREADY_REGISTERED(409, "The customer was registered before"),
    COMPANY_ALREADY_REGISTERED(409, "A company has registered this e-mail domain before"),
    EMPLOYEE_ALREADY_REGISTERED(409, "The employee was registered before"),
    TASK_ALREADY_CREATED(409, "The task was created before"),
    EMAIL_TAKEN(409, "The e-mail address belongs to another customer"),
    VERSION_MOVED(412, "The version is not the expected one"),
    PAYLOAD_TOO_LARGE(413, "The request's body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The request's body is not JSON"),
    INVALID_REQUEST(422, "The request says something that cannot be"),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key belongs to another request"),
    INSUFFICIENT_FUNDS(422, "The balance and the overdraft limit do not suffice"),
    CURRENCY_MISMATCH(422, "The account is kept in another currency"),
    ACCOUNT_FROZEN(422, "The account is frozen"),
    ACCOUNT_NOT_FROZEN(422, "The account is not frozen"),
    ACCOUNT_CLOSED(422, "The account is closed"),
    BALANCE_NOT_ZERO(422, "The balance is not zero"),
    BALANCE_OUT_OF_BOUNDS(422, "The balance would exceed what can be held"),
    OVERDRAFT_IN_USE(422, "The balance is below the new overdraft limit"),
    SAME_ACCOUNT(422, "A transfer needs two accounts"),
    TRANSFERS_UNDER_WAY(422, "Transfers from the account have not come to their end"),
    TOO_MANY_TRANSFERS(422, "Too many transfers from the account are under way"),
    HOLDS_OPEN(422, "Money of the account is held"),
    TOO_MANY_HOLDS(422, "The account has too many holds"),
    HOLD_EXPIRED(422, "The hold has expired"),
    EXCEEDS_HOLD(422, "The amount is more than is held"),
    EXPIRY_OUT_OF_BOUNDS(422, "A hold expires in the future, within a year"),
    TASK_COMPLETED(422, "The task is completed"),
    TOO_MANY_COMMENTS(422, "The task has as many comments as it can have"),
    TOO_MANY_TRIES(429, "Name or password were wrong too often"),
    INTERNAL_ERROR(500, "Something is broken here; nothing was changed"),
    OVERLOADED(503, "Too much is waiting; nothing was done"),
    BUSY(503, "Somebody else is changing the same just now; nothing was done"),
    OUTBOX_BEHIND(503, "New events wait to be published themselves; nothing was done"),
    STOPPING(503, "The service is stopping; nothing was done"),
    UNAVAILABLE(
            503,
            "The database does not answer; a command may be tried again under its Idempotency-Key");

    private static final Map<String, ProblemCode> BY_CODE =
            Arrays.stream(values())
                    .collect(Collectors.toMap(ProblemCode::code, Function.identity()));

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
        return status == 503;
    }

    /**
     * @throws IllegalStateException when the catalogue lacks the code
     */
    public static ProblemCode of(String code) {
        var found = BY_CODE.get(code);
        if (found == null) {
            throw new IllegalStateException("no problem is called " + code);
        }
        return found;
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
