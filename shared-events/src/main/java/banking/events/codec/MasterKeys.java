package banking.events.codec;

import banking.events.CustomerId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the customers' keys are encrypted with wherever they are kept or sent. There is one that new
 * keys are wrapped with; others are those that were before it.
 */
public final class MasterKeys {

    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9._-]{1,32}) (\\S+)");

    private final Map<String, PersonalKey> keys;
    private final String current;

    private MasterKeys(Map<String, PersonalKey> keys) {
        this.keys = keys;
        current = keys.keySet().iterator().next();
    }

    /**
     * Reads them from a file's text: a key a line, as its id, a space and 32 bytes in Base64; the
     * first is the one to wrap with. Nothing of a key is in what an exception says.
     *
     * @throws IllegalArgumentException where there is no key, or a line is none
     */
    public static MasterKeys parse(String text) {
        var keys = new LinkedHashMap<String, PersonalKey>();
        var lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        for (int i = 0; i < lines.size(); i++) {
            var line = LINE.matcher(lines.get(i));
            if (!line.matches() || keys.put(line.group(1), key(line.group(2), i)) != null) {
                throw noKey(i);
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no master key");
        }
        return new MasterKeys(keys);
    }

    private static PersonalKey key(String base64, int line) {
        try {
            return new PersonalKey(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw noKey(line);
        }
    }

    private static IllegalArgumentException noKey(int line) {
        return new IllegalArgumentException("no master key of its own in line " + (line + 1));
    }

    /** The customer's key as it is kept and sent: the master key's id, and what it encrypts. */
    public String wrap(PersonalKey key, CustomerId customer) {
        var wrapping = keys.get(current);
        if (wrapping == null) {
            throw new IllegalStateException("there is no master key " + current);
        }
        return current
                + ":"
                + Base64.getEncoder()
                        .encodeToString(wrapping.encrypt(key.toBytes(), about(customer)));
    }

    /**
     * @throws IllegalStateException where it was wrapped with a master key that is not here
     */
    public PersonalKey unwrap(String wrapped, CustomerId customer) {
        var colon = wrapped.indexOf(':');
        var master = colon < 0 ? null : keys.get(wrapped.substring(0, colon));
        if (master == null) {
            throw new IllegalStateException("the master key of " + customer + " is not here");
        }
        return decoded(wrapped.substring(colon + 1))
                .flatMap(bytes -> master.decrypt(bytes, about(customer)))
                .map(PersonalKey::new)
                .orElseThrow(
                        () -> new IllegalStateException("the key of " + customer + " is broken"));
    }

    /** What all begins with that is wrapped with the key that new ones are wrapped with. */
    public String newest() {
        return current + ":";
    }

    /**
     * The same key, wrapped with that one.
     *
     * @throws IllegalStateException where it was wrapped with a master key that is not here
     */
    public String wrapAgain(String wrapped, CustomerId customer) {
        return wrap(unwrap(wrapped, customer), customer);
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] about(CustomerId customer) {
        return customer.toString().getBytes(StandardCharsets.UTF_8);
    }
}
