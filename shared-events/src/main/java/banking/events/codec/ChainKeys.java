package banking.events.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What hash chains are made with: HMAC-SHA256 (RFC 2104) under a key that no database and no topic
 * has, so that who can only write there cannot make a link that fits. A link begins with the number
 * of its key, so keys can change while older links keep theirs.
 */
public final class ChainKeys {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_BYTES = 32;
    private static final int HIGHEST = 255;

    private final Map<Integer, Key> keys;
    private final Key current;

    private ChainKeys(Map<Integer, Key> keys) {
        this.keys = keys;
        current = keys.values().iterator().next();
    }

    /**
     * A key, with what computes under it kept by thread: making one costs more than using it.
     *
     * @param number the first byte of all links that are made with it
     */
    private record Key(int number, ThreadLocal<Mac> macs) {

        private static Key of(int number, byte[] secret) {
            var key = new SecretKeySpec(secret, ALGORITHM);
            return new Key(number, ThreadLocal.withInitial(() -> mac(key)));
        }

        private static Mac mac(SecretKeySpec key) {
            try {
                var mac = Mac.getInstance(ALGORITHM);
                mac.init(key);
                return mac;
            } catch (NoSuchAlgorithmException | InvalidKeyException e) {
                throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
            }
        }

        private Sha256 link(Sha256 previous, Sha256 content) {
            var mac = macs.get();
            mac.update(previous.toBytes());
            mac.update(content.toBytes());
            var numbered = new byte[1 + Sha256.LENGTH];
            numbered[0] = (byte) number;
            System.arraycopy(mac.doFinal(), 0, numbered, 1, Sha256.LENGTH);
            return Sha256.ofBytes(numbered);
        }
    }

    /**
     * Reads a key a line, as its number from 1 to 255 and at least 32 bytes in hexadecimal. The
     * first is what new links are made with; the others are known as well.
     *
     * @throws IllegalArgumentException when the file has no key, or something else
     */
    public static ChainKeys read(Path file) {
        try {
            return of(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the chain's keys cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** The same of the lines themselves. */
    public static ChainKeys of(List<String> lines) {
        var keys = new LinkedHashMap<Integer, Key>();
        for (var line : lines) {
            if (!line.isBlank()) {
                var key = key(line.strip().split("\\s+"));
                if (keys.putIfAbsent(key.number, key) != null) {
                    throw new IllegalArgumentException("there are two keys " + key.number);
                }
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no key of the chain");
        }
        return new ChainKeys(keys);
    }

    private static Key key(String[] words) {
        try {
            var number = Integer.parseInt(words[0]);
            var secret = HexFormat.of().parseHex(words.length == 2 ? words[1] : "");
            if (number >= 1 && number <= HIGHEST && secret.length >= LEAST_BYTES) {
                return Key.of(number, secret);
            }
        } catch (IllegalArgumentException e) {
            // Its message would tell the key.
        }
        throw new IllegalArgumentException(
                "a line is to have a number from 1 to 255 and 32 bytes in hexadecimal");
    }

    /**
     * The link that follows on another.
     *
     * @param previous the link before; {@link Sha256#NONE} for the first of a chain
     * @param content a digest over all that the link stands for
     */
    public Sha256 link(Sha256 previous, Sha256 content) {
        return current.link(previous, content);
    }

    /** Whether a link is one that was made here. */
    public boolean isLink(Sha256 link, Sha256 previous, Sha256 content) {
        var key = key(link);
        return key != null && key.link(previous, content).equals(link);
    }

    /**
     * Vouches for what stands beside a chain and is written anew with each link.
     *
     * @param link the chain's last, whose key it is made with; of a key that nobody knows, nothing
     *     fits
     */
    public @Nullable Sha256 beside(Sha256 link, Sha256 content) {
        var key = key(link);
        return key == null ? null : key.link(link, content);
    }

    private @Nullable Key key(Sha256 link) {
        var bytes = link.toBytes();
        return bytes.length == 0 ? null : keys.get(Byte.toUnsignedInt(bytes[0]));
    }

    /** The event as what follows on another. */
    public RecordedEvent after(Sha256 previous, WrittenEvent event) {
        return new RecordedEvent(
                event, previous, link(previous, RecordedEvent.content(event).digest()));
    }

    /** Whether the event's link is that of what it says. */
    public boolean isIntact(RecordedEvent event) {
        return isLink(
                event.hash(), event.previous(), RecordedEvent.content(event.event()).digest());
    }
}
