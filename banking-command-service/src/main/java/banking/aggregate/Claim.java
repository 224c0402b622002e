package banking.aggregate;

/**
 * Something that one aggregate at the most may have.
 *
 * @param kind what it is, in kebab case, as in {@code email}
 * @param value in a form in which equal things are written the same
 */
public record Claim(String kind, String value) {}
