package banking.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * PostgreSQL's superuser, who may read files and run programs of the user that PostgreSQL runs as.
 *
 * @param passwordFile what only the server's owner may read
 */
record Superuser(Path passwordFile) {

    static final String NAME = "postgres";

    private static final int PASSWORD_BYTES = 24;

    /**
     * @param directory PostgreSQL's
     */
    static Superuser of(Path directory) {
        return new Superuser(directory.resolve("password"));
    }

    /** Whether there is none yet, or whatever it was has been lost. */
    boolean lacksPassword() throws IOException {
        return Files.notExists(passwordFile) || Files.size(passwordFile) == 0;
    }

    /** Leaves a file that is either whole or not there, and the directory's owner's. */
    void keepPassword(String password) throws IOException {
        Path unfinished = passwordFile.resolveSibling("password.part");
        Files.deleteIfExists(unfinished);
        Directories.createPrivateFile(unfinished);
        Files.setOwner(unfinished, Files.getOwner(passwordFile.getParent()));
        Files.writeString(unfinished, password);
        Files.move(unfinished, passwordFile, StandardCopyOption.ATOMIC_MOVE);
    }

    String password() {
        try {
            return Files.readString(passwordFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String newPassword() {
        byte[] password = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(password);
        return HexFormat.of().formatHex(password);
    }
}
