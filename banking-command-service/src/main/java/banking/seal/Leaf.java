package banking.seal;

import banking.events.codec.Sha256;
import java.util.HexFormat;

/**
 * What one thing that was sealed is worth.
 *
 * @param name what it is called in its source, without a blank
 */
public record Leaf(String name, Sha256 hash) {

    /**
     * @param content a digest over all that is kept of it, which anybody can make again
     * @param link its place in its hash chain, which only who has the key can make
     */
    public static Leaf of(String name, Sha256 content, Sha256 link) {
        return new Leaf(name, MerkleTree.leaf(content, link));
    }

    /**
     * @throws IllegalArgumentException when it is none
     */
    static Leaf parse(String line) {
        var words = line.split(" ", 2);
        if (words.length != 2) {
            throw new IllegalArgumentException("no leaf: " + line);
        }
        return new Leaf(words[0], Sha256.ofBytes(HexFormat.of().parseHex(words[1])));
    }

    /** A line of a seal. */
    @Override
    public String toString() {
        return name + " " + hash;
    }
}
