package banking.benchmark;

import banking.launcher.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How soon a service is ready after its process was started, and how much memory it has then. The
 * servers run and the database is migrated, as behind a migration's Job. {@code -Dbank.native}
 * measures the native binaries.
 */
final class Starts {

    private static final int TIMES = 3;
    private static final int IDLE_MILLIS = 5_000;

    private final Report report;

    Starts(Report report) {
        this.report = report;
    }

    void measure(ServiceProcess service) throws IOException, InterruptedException {
        long[] millis = new long[TIMES];
        long[] resident = new long[TIMES];
        for (int time = 0; time < TIMES; time++) {
            service.close();
            long begin = System.nanoTime();
            service.start();
            service.awaitReady();
            millis[time] = (System.nanoTime() - begin) / 1_000_000;
            Thread.sleep(IDLE_MILLIS);
            resident[time] = residentMebibytes(service.pid());
        }
        report.note(
                String.format(
                        Locale.ROOT,
                        "%s service: ready after %d ms, %d MiB resident when idle (medians of %d)",
                        service.name(),
                        median(millis),
                        median(resident),
                        TIMES));
    }

    void underLoad(ServiceProcess service) throws IOException {
        report.note(
                String.format(
                        Locale.ROOT,
                        "%s service: %d MiB resident after the load",
                        service.name(),
                        residentMebibytes(service.pid())));
    }

    private static long median(long[] figures) {
        return LongStream.of(figures).sorted().skip(figures.length / 2).findFirst().orElseThrow();
    }

    /** As Linux tells it, in kB. */
    private static long residentMebibytes(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
