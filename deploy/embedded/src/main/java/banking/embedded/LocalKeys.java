package banking.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Keys that are made where there are none yet, and are nobody's but their owner's to read. */
public final class LocalKeys {

    private static final int BYTES = 32;
    private static final int PEM_LINE = 64;

    private LocalKeys() {}

    /** What the journal's hash chains are made with. */
    public static Path chain(Path directory) throws IOException {
        Path file = directory.resolve("chain.keys");
        if (Files.notExists(file)) {
            byte[] key = new byte[BYTES];
            new SecureRandom().nextBytes(key);
            write(file, "1 " + HexFormat.of().formatHex(key) + "\n");
        }
        return file;
    }

    /** What the customers' keys are wrapped with, for both services. */
    public static Path master(Path directory) throws IOException {
        Path file = directory.resolve("master");
        if (Files.notExists(file)) {
            byte[] key = new byte[BYTES];
            new SecureRandom().nextBytes(key);
            write(file, "local " + Base64.getEncoder().encodeToString(key) + "\n");
        }
        return file;
    }

    /** What its seals are signed with. */
    public static Path seals(Path directory) throws IOException {
        Path file = directory.resolve("seals.pem");
        if (Files.notExists(file)) {
            try {
                KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                write(
                        file,
                        pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                                + pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has Ed25519", e);
            }
        }
        return file;
    }

    private static String pem(String what, byte[] key) {
        Base64.Encoder encoder = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'});
        return "-----BEGIN "
                + what
                + "-----\n"
                + encoder.encodeToString(key)
                + "\n-----END "
                + what
                + "-----\n";
    }

    /** Whole or not at all. */
    private static void write(Path file, String text) throws IOException {
        Directories.createPrivate(file.resolveSibling(""));
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        Directories.createPrivateFile(unfinished);
        Files.writeString(unfinished, text);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
