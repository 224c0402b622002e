package banking.seal;

import static org.assertj.core.api.Assertions.assertThat;

import banking.events.codec.Sha256;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MerkleTreeTest {

    private static final HexFormat HEX = HexFormat.of();

    /** Those of the reference implementation of certificate transparency (RFC 6962). */
    private static final List<Sha256> LEAVES =
            Stream.of(
                            "",
                            "00",
                            "10",
                            "2021",
                            "3031",
                            "40414243",
                            "5051525354555657",
                            "606162636465666768696a6b6c6d6e6f")
                    .map(data -> MerkleTree.leaf(Sha256.ofBytes(HEX.parseHex(data)), Sha256.NONE))
                    .toList();

    @ParameterizedTest
    @CsvSource({
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    })
    void a_root_is_what_others_compute(int leaves, String root) {
        assertThat(MerkleTree.root(LEAVES.subList(0, leaves))).hasToString(root);
    }

    @Test
    void the_path_of_every_leaf_of_every_tree_leads_to_its_root() {
        for (int size = 1; size <= LEAVES.size(); size++) {
            var leaves = LEAVES.subList(0, size);
            for (int leaf = 0; leaf < size; leaf++) {
                var hash = leaves.get(leaf);
                for (var step : MerkleTree.path(leaf, leaves)) {
                    hash =
                            step.isLeft()
                                    ? MerkleTree.node(step.neighbour(), hash)
                                    : MerkleTree.node(hash, step.neighbour());
                }
                assertThat(hash).isEqualTo(MerkleTree.root(leaves));
            }
        }
    }

    @Test
    void a_path_grows_by_one_when_the_tree_doubles() {
        var many = IntStream.range(0, 4096).mapToObj(i -> LEAVES.get(i % 8)).toList();

        assertThat(MerkleTree.path(17, many)).hasSize(12);
    }
}
