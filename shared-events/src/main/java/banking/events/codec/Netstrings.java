package banking.events.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values one after the other as netstrings (D. J. Bernstein, 1997): each behind its length, so that
 * no letter can move from one into the next and leave the whole the same. A value that is missing
 * is {@code -,} and no empty one. People can read it, and so can {@code sha256sum}.
 */
public final class Netstrings {

    private static final int AT_FIRST = 512;
    private static final byte[] NOTHING = {'-', ','};

    private byte[] bytes = new byte[AT_FIRST];
    private int length;

    /**
     * @param what of which kind the values are, so that two kinds are never taken for one another
     */
    public static Netstrings of(String what) {
        return new Netstrings().add(what);
    }

    public Netstrings add(@Nullable String value) {
        if (value == null) {
            return append(NOTHING);
        }
        return add(value.getBytes(StandardCharsets.UTF_8));
    }

    public Netstrings add(long value) {
        return add(Long.toString(value));
    }

    public Netstrings add(UUID value) {
        return add(value.toString());
    }

    public Netstrings add(Sha256 value) {
        return add(value.toString());
    }

    private Netstrings add(byte[] value) {
        append(Integer.toString(value.length).getBytes(StandardCharsets.US_ASCII));
        append((byte) ':');
        append(value);
        return append((byte) ',');
    }

    private Netstrings append(byte... more) {
        if (bytes.length - length < more.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more.length));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    public Sha256 digest() {
        return Sha256.of(bytes, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
