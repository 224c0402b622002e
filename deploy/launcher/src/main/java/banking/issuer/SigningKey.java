package banking.issuer;

import banking.embedded.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jose4j.base64url.Base64Url;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** What tokens are signed with: made at the first start, and nobody's but its owner's to read. */
final class SigningKey {

    private final PublicJsonWebKey key;

    private SigningKey(PublicJsonWebKey key) {
        this.key = key;
    }

    static SigningKey in(Path directory) throws IOException {
        Directories.createPrivate(directory);
        Path file = directory.resolve("key.json");
        try {
            if (Files.notExists(file)) {
                write(file);
            }
            return new SigningKey(PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file)));
        } catch (JoseException e) {
            throw new IOException(file + " is no key; without it another one is made", e);
        }
    }

    /** Whole or not at all. */
    private static void write(Path file) throws IOException, JoseException {
        PublicJsonWebKey made = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        made.setUse("sig");
        made.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        made.setKeyId(Base64Url.encode(made.calculateThumbprint("SHA-256")));
        Path unfinished = file.resolveSibling("key.part");
        Directories.createPrivateFile(unfinished);
        Files.writeString(unfinished, made.toJson(OutputControlLevel.INCLUDE_PRIVATE));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** As everybody may read it. */
    String publicKeys() {
        return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    String sign(String type, String claims) {
        var token = new JsonWebSignature();
        token.setHeader("typ", type);
        token.setKeyIdHeaderValue(key.getKeyId());
        token.setAlgorithmHeaderValue(key.getAlgorithm());
        token.setPayload(claims);
        token.setKey(key.getPrivateKey());
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
