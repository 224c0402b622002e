package banking.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The part of an e-mail address behind the at sign: a host name (RFC 1123, section 2.1) of at least
 * two labels. Its case means nothing, so what has the form is kept in lower case.
 */
public record EmailDomain(@JsonValue String value) {

    private static final int MAX_CHARACTERS = 253;
    private static final Pattern FORM =
            Pattern.compile(
                    "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+",
                    Pattern.CASE_INSENSITIVE);

    /**
     * @throws IllegalArgumentException when the text is not a host name
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EmailDomain {
        if (value.length() > MAX_CHARACTERS || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a domain of e-mail addresses");
        }
        value = value.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}
