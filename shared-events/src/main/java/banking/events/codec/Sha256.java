package banking.events.codec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A SHA-256 digest (FIPS 180-4), or what {@link ChainKeys} makes with one. */
public final class Sha256 {

    static final int LENGTH = 32;

    /** Stands where there is nothing to have a digest of. */
    public static final Sha256 NONE = new Sha256(new byte[0]);

    /** Kept, since looking one up costs more than the digest of a short text. */
    private static final ThreadLocal<MessageDigest> DIGESTS =
            ThreadLocal.withInitial(Sha256::lookUp);

    private final byte[] bytes;

    private Sha256(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Sha256 of(String text) {
        return new Sha256(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A digest that was given away as bytes, which are not changed from here on. */
    public static Sha256 ofBytes(byte[] bytes) {
        return new Sha256(bytes);
    }

    /** The digest of some bytes one after the other. */
    public static Sha256 over(byte[]... parts) {
        var digest = digest();
        for (var part : parts) {
            digest.update(part);
        }
        return new Sha256(digest.digest());
    }

    static Sha256 of(byte[] bytes, int length) {
        var digest = digest();
        digest.update(bytes, 0, length);
        return new Sha256(digest.digest());
    }

    /** As bytes, which are not to be changed: none where there is no digest. */
    public byte[] toBytes() {
        return bytes;
    }

    private static MessageDigest digest() {
        var digest = DIGESTS.get();
        digest.reset();
        return digest;
    }

    private static MessageDigest lookUp() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sha256 that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
