package banking.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address of the common form (RFC 5321, section 4.1.2, with a dot-string as local part).
 * It is kept in lower case: the standard lets a server tell {@code Ann@} from {@code ann@}, but
 * none does, and two customers who differ in nothing else are one. Only what has the form is
 * mapped: lower case makes ASCII of the Kelvin sign, and another's address of what was typed.
 */
public record EmailAddress(@JsonValue String value) {

    private static final int MAX_CHARACTERS = 254;
    private static final Pattern LOCAL_PART =
            Pattern.compile(
                    "(?=.{1,64}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*",
                    Pattern.CASE_INSENSITIVE);

    /**
     * @throws IllegalArgumentException when the text is not an address
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EmailAddress {
        int at = value.lastIndexOf('@');
        if (at < 0
                || value.length() > MAX_CHARACTERS
                || !LOCAL_PART.matcher(value.substring(0, at)).matches()) {
            throw new IllegalArgumentException("not an e-mail address");
        }
        new EmailDomain(value.substring(at + 1));
        value = value.toLowerCase(Locale.ROOT);
    }

    public EmailDomain domain() {
        return new EmailDomain(value.substring(value.lastIndexOf('@') + 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
