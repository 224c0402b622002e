package banking.seal;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What seals are signed with: Ed25519 (RFC 8032). The file has, as PEM, the private key, its public
 * key, and the public keys of before, so that older seals can be told from forged ones.
 */
@Singleton
public class SealKeys {

    private static final String ALGORITHM = "Ed25519";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (PRIVATE|PUBLIC) KEY-----([^-]*)-----END \\1 KEY-----");
    private static final int NAME = 16;

    private final PrivateKey privateKey;
    private final Map<String, PublicKey> publicKeys = new LinkedHashMap<>();

    SealKeys(@ConfigProperty(name = "bank.seals.key-file") Path file) {
        try {
            PrivateKey own = null;
            var keys = KeyFactory.getInstance(ALGORITHM);
            var blocks = PEM.matcher(Files.readString(file));
            while (blocks.find()) {
                var bytes = Base64.getMimeDecoder().decode(blocks.group(2));
                if (blocks.group(1).equals("PUBLIC")) {
                    var key = keys.generatePublic(new X509EncodedKeySpec(bytes));
                    publicKeys.put(name(key), key);
                } else if (own == null) {
                    own = keys.generatePrivate(new PKCS8EncodedKeySpec(bytes));
                }
            }
            if (own == null || publicKeys.isEmpty()) {
                throw new IllegalArgumentException(file + " has no private and public key");
            }
            privateKey = own;
            if (!hasSigned(current(), file.toString(), sign(file.toString()))) {
                throw new IllegalArgumentException(
                        "the first public key of " + file + " is not that of the private one");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the seals' key cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " has no Ed25519 keys", e);
        }
    }

    /** The first half of its digest is enough of a name. */
    private static String name(PublicKey key) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return HexFormat.of().formatHex(digest).substring(0, NAME);
    }

    /** The name of the key that signs. */
    String current() {
        return publicKeys.keySet().iterator().next();
    }

    /** Whether a seal is as it was signed here. */
    public boolean haveMade(SignedSeal seal) {
        return seal.flaw(this) == null;
    }

    String sign(String text) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("nothing can be signed", e);
        }
    }

    boolean hasSigned(String name, String text, String signed) {
        var key = publicKeys.get(name);
        if (key == null) {
            return false;
        }
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(signed));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
