package banking.seal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is signed of a seal, a line for each.
 *
 * @param number from 1, without gaps, whatever the source
 * @param previous SHA-256 of the text of the seal before, in hexadecimal; of none, zeros
 * @param from the source's mark before; {@code -} for its beginning
 * @param to its mark behind what is sealed
 * @param root of the tree of all leaves, in hexadecimal
 * @param key names what it is signed with
 */
record Seal(
        long number,
        Instant sealedAt,
        String previous,
        String source,
        String from,
        String to,
        int leaves,
        String root,
        String key) {

    static final String NONE = "0".repeat(64);
    private static final String KIND = "bank-seal-1";

    /** Nothing but what is to be signed; people can read it. */
    String text() {
        return KIND
                + "\nnumber "
                + number
                + "\nsealed-at "
                + sealedAt
                + "\nprevious "
                + previous
                + "\nsource "
                + source
                + "\nfrom "
                + from
                + "\nto "
                + to
                + "\nleaves "
                + leaves
                + "\nroot "
                + root
                + "\nkey "
                + key
                + "\n";
    }

    /**
     * @throws IllegalArgumentException when it is none
     */
    static Seal parse(String text) {
        var lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(KIND)) {
            throw new IllegalArgumentException("no seal of this kind");
        }
        var values = new LinkedHashMap<String, String>();
        for (var line : lines.subList(1, lines.size())) {
            var words = line.split(" ", 2);
            values.put(words[0], words.length == 2 ? words[1] : "");
        }
        var seal =
                new Seal(
                        Long.parseLong(value(values, "number")),
                        Instant.parse(value(values, "sealed-at")),
                        value(values, "previous"),
                        value(values, "source"),
                        value(values, "from"),
                        value(values, "to"),
                        Integer.parseInt(value(values, "leaves")),
                        value(values, "root"),
                        value(values, "key"));
        if (!seal.text().equals(text)) {
            throw new IllegalArgumentException("no seal as this program writes it");
        }
        return seal;
    }

    private static String value(Map<String, String> values, String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a seal without " + name);
        }
        return value;
    }

    static String root(List<Leaf> leaves) {
        return MerkleTree.root(leaves.stream().map(Leaf::hash).toList()).toString();
    }
}
