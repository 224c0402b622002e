package banking.inspection;

import banking.seal.Evidence;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The way of something that was sealed to a signed root.
 *
 * @param name what it is called: of an event, its stream and version with a colon between
 * @param content all that is kept of it, as netstrings
 * @param hash its link in its chain, in hexadecimal
 * @param leaf SHA-256 of a zero, the content's SHA-256 and the link, in hexadecimal
 * @param path from the leaf upwards, the hash that comes to the left or to the right of it
 * @param seal the seal that has the path's end as its root
 * @param text what is signed of the seal, to the byte
 * @param signature of the text, Ed25519, in Base64
 */
public record ProofAnswer(
        @Schema(examples = "01890a5d-ac96-774b-bcce-b302099a8057:3") String name,
        String content,
        String hash,
        String leaf,
        List<String> path,
        long seal,
        String text,
        String signature) {

    static ProofAnswer of(String name, Evidence.Proof proof) {
        return new ProofAnswer(
                name,
                proof.content(),
                proof.hash(),
                proof.leaf().hash().toString(),
                proof.path(),
                proof.seal().number(),
                proof.seal().text(),
                proof.seal().signature());
    }
}
