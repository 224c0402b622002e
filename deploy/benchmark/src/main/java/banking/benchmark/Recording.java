package banking.benchmark;

import banking.launcher.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A flight recording of one service while a load runs. */
final class Recording {

    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    private final String pid;
    private final Path file;

    private Recording(String pid, Path file) {
        this.pid = pid;
        this.file = file;
    }

    static Recording start(ServiceProcess service, Path file)
            throws IOException, InterruptedException {
        String pid = Long.toString(service.pid());
        jcmd(pid, "JFR.start", "name=load", "settings=profile");
        return new Recording(pid, file);
    }

    Path stop() throws IOException, InterruptedException {
        jcmd(pid, "JFR.stop", "name=load", "filename=" + file);
        return file;
    }

    private static void jcmd(String pid, String command, String name, String option)
            throws IOException, InterruptedException {
        Tool.run(List.of(JCMD.toString(), pid, command, name, option), Map.of());
    }
}
