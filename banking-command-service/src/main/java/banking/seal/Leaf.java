package banking.seal;

import banking.events.codec.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What one thing that was sealed is worth.
 *
 * @param name what it is called in its source, without a blank
 */
public record Leaf(String name, byte[] hash) {

    /**
     * @param content a digest over all that is kept of it, which anybody can make again
     * @param link its place in its hash chain, which only who has the key can make
     */
    public static Leaf of(String name, Sha256 content, Sha256 link) {
        return new Leaf(name, MerkleTree.leaf(content.toBytes(), link.toBytes()));
    }

    static Leaf parse(String line) {
        var words = line.split(" ", 2);
        if (words.length != 2) {
            throw new IllegalArgumentException("no leaf: " + line);
        }
        return new Leaf(words[0], HexFormat.of().parseHex(words[1]));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Leaf that
                && name.equals(that.name)
                && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return name + " " + HexFormat.of().formatHex(hash);
    }
}
