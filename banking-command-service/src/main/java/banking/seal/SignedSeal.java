package banking.seal;

import banking.events.codec.Sha256;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A seal as it is kept and put elsewhere.
 *
 * @param text what is signed
 * @param signature in Base64
 * @param leaves what its root stands for
 */
public record SignedSeal(long number, String text, String signature, List<Leaf> leaves) {

    private static final String SIGNATURE = "signature ";
    private static final String EMPTY_LINE = "\n\n";

    /** All of it, in three parts with an empty line between. */
    public String document() {
        var all = new StringBuilder(text).append('\n');
        all.append(SIGNATURE).append(signature);
        all.append(EMPTY_LINE);
        leaves.forEach(leaf -> all.append(leaf).append('\n'));
        return all.toString();
    }

    /**
     * @throws IllegalArgumentException when it is none
     */
    public static SignedSeal parse(String document) {
        var parts = document.split(EMPTY_LINE, 3);
        if (parts.length != 3 || !parts[1].startsWith(SIGNATURE)) {
            throw new IllegalArgumentException("no seal in three parts");
        }
        var text = parts[0] + "\n";
        try {
            return new SignedSeal(
                    Seal.parse(text).number(),
                    text,
                    parts[1].substring(SIGNATURE.length()),
                    parts[2].lines().map(Leaf::parse).toList());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What the next seal names one by. */
    static String hash(String text) {
        return Sha256.of(text).toString();
    }

    /**
     * What is wrong with it in itself; null where nothing is.
     *
     * @param keys those that sign here
     */
    @Nullable String flaw(SealKeys keys) {
        try {
            var seal = Seal.parse(text);
            if (!keys.hasSigned(seal.key(), text, signature)) {
                return "is not signed by the bank";
            }
            if (seal.number() != number) {
                return "is the seal " + seal.number();
            }
            if (leaves.size() != seal.leaves() || !Seal.root(leaves).equals(seal.root())) {
                return "has other leaves than its root";
            }
            return null;
        } catch (IllegalArgumentException | DateTimeException e) {
            return "cannot be read: " + e.getMessage();
        }
    }
}
