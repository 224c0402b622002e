package banking.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Who PostgreSQL runs as. It refuses to be root, and nobody who gets into it should have root's
 * files: started by root it is the user nobody. Where that one cannot reach it, a user namespace of
 * its own has to do, which takes root's powers away but not its files.
 */
final class ServerUser {

    private static final int ROOT = 0;

    /** Of the user and of its group, wherever there is one. */
    private static final int NOBODY = 65534;

    private static final List<String> AS_NOBODY =
            List.of(
                    "setpriv",
                    "--reuid=" + NOBODY,
                    "--regid=" + NOBODY,
                    "--clear-groups",
                    "--no-new-privs");

    private static final List<String> IN_NAMESPACE = List.of("unshare", "--user");

    private ServerUser() {}

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /**
     * The words before a command of this user's.
     *
     * @param program what it must be able to run
     * @param directory becomes this user's, with all that is in it
     */
    static List<String> running(Path program, Path directory) throws IOException {
        if (!isRoot()) {
            return List.of();
        }
        if (reaches(program, directory.resolveSibling("")) && give(directory, NOBODY)) {
            return AS_NOBODY;
        }
        give(directory, ROOT);
        return IN_NAMESPACE;
    }

    /** Lets this user through a directory that is otherwise its owner's, to see nothing there. */
    static void letThrough(Path directory) throws IOException {
        if (isRoot()
                && succeeds(List.of("chgrp", Integer.toString(NOBODY), directory.toString()))) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x---"));
        }
    }

    private static boolean reaches(Path program, Path directory) {
        List<String> look = new ArrayList<>(AS_NOBODY);
        look.addAll(List.of("sh", "-c", "test -x \"$0\" && test -x \"$1\""));
        look.addAll(List.of(program.toString(), directory.toString()));
        return succeeds(look);
    }

    private static boolean give(Path directory, int user) throws IOException {
        return Files.getAttribute(directory, "unix:uid").equals(user)
                || succeeds(List.of("chown", "-hR", user + ":" + user, directory.toString()));
    }

    /** Not every container has these programs, or lets root become somebody else. */
    private static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
