package banking.seal;

import banking.events.codec.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 6962, section 2.1: a leaf is hashed behind a zero and a node behind a one,
 * so that neither can be taken for the other, and the left half of a tree is as large as it can be.
 */
final class MerkleTree {

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private MerkleTree() {}

    static Sha256 leaf(Sha256 content, Sha256 link) {
        return Sha256.over(LEAF, content.toBytes(), link.toBytes());
    }

    static Sha256 node(Sha256 left, Sha256 right) {
        return Sha256.over(NODE, left.toBytes(), right.toBytes());
    }

    /**
     * @param leaves their hashes, of which there is at least one
     */
    static Sha256 root(List<Sha256> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        var half = half(leaves.size());
        return node(root(leaves.subList(0, half)), root(leaves.subList(half, leaves.size())));
    }

    /**
     * What one leaf is hashed with on its way to the root.
     *
     * @param isLeft whether the neighbour comes first
     */
    record Step(boolean isLeft, Sha256 neighbour) {
        @Override
        public String toString() {
            return (isLeft ? "left " : "right ") + neighbour;
        }
    }

    /** The steps from a leaf to the root (an audit path, section 2.1.1), the lowest first. */
    static List<Step> path(int leaf, List<Sha256> leaves) {
        if (leaves.size() == 1) {
            return List.of();
        }
        var half = half(leaves.size());
        var left = leaves.subList(0, half);
        var right = leaves.subList(half, leaves.size());
        var path = new ArrayList<Step>();
        if (leaf < half) {
            path.addAll(path(leaf, left));
            path.add(new Step(false, root(right)));
        } else {
            path.addAll(path(leaf - half, right));
            path.add(new Step(true, root(left)));
        }
        return path;
    }

    /** The largest power of two below the number of leaves. */
    private static int half(int leaves) {
        return Integer.highestOneBit(leaves - 1);
    }
}
