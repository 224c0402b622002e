package banking.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Load from a process of its own: wrk with one thread, which costs the least. */
final class Wrk {

    /** What wrk sends; the names are its script's. */
    enum Request {
        OPEN,
        /** Deposits to each account in turn. */
        FUND,
        DEPOSIT,
        /** Deposits, a thousand in each request. */
        BULK,
        TRANSFER,
        READ,
        /** Asks the query service whether it lives: what HTTP costs with next to nothing behind. */
        LIVE;

        /** As many as one caller may have of it under way. */
        int connections(int most) {
            return this == BULK ? Math.min(most, 4) : most;
        }

        /** How many commands come with one. */
        int commands() {
            return this == BULK ? 1000 : 1;
        }

        boolean changesNothing() {
            return this == READ || this == LIVE;
        }
    }

    /**
     * @param accounts the file with the ids of the accounts that are drawn from
     * @param targets the file with the ids of the accounts that transfers go to; null for what is
     *     none
     * @param perSecond how many requests, 0 for as many as possible
     */
    record Load(
            Request request,
            Path accounts,
            int connections,
            int seconds,
            boolean withKeys,
            @Nullable Path targets,
            int perSecond) {

        static Load of(Request request, Path accounts, int connections, int seconds) {
            return new Load(request, accounts, connections, seconds, false, null, 0);
        }

        Load underKeys() {
            return new Load(request, accounts, connections, seconds, true, null, perSecond);
        }

        Load at(int perSecond) {
            return new Load(request, accounts, connections, seconds, withKeys, targets, perSecond);
        }

        /**
         * @param targets the file with the ids of the accounts that are paid
         */
        static Load transfers(Path sources, Path targets, int connections, int seconds) {
            return new Load(Request.TRANSFER, sources, connections, seconds, false, targets, 0);
        }

        private String keys() {
            if (targets != null) {
                return targets.toString();
            }
            return withKeys ? "key-" + System.nanoTime() + "-" : "none";
        }
    }

    /**
     * What wrk saw, in requests; in commands once they are told apart.
     *
     * @param refused answers of 400 and above
     * @param broken connections refused or lost, answers that did not come
     */
    record Figures(
            long answers,
            long refused,
            long broken,
            double seconds,
            double p50Millis,
            double p99Millis) {

        /** As commands, of which so many came with each request. */
        Figures times(int commands) {
            return new Figures(
                    answers * commands, refused * commands, broken, seconds, p50Millis, p99Millis);
        }

        long accepted() {
            return answers - refused;
        }

        @JsonProperty
        double perSecond() {
            return accepted() / seconds;
        }
    }

    private static final Pattern FIGURES =
            Pattern.compile("FIGURES (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

    private final Path wrk;
    private final Path script;

    Wrk(Path directory) throws IOException {
        wrk = Tool.find("wrk", "install the package wrk");
        script = Files.writeString(directory.resolve("load.lua"), Tool.resource("load.lua"));
    }

    Figures run(URI service, Load load) throws IOException, InterruptedException {
        return figures(start(service, load)).times(load.request().commands());
    }

    Process start(URI service, Load load) throws IOException {
        String user =
                Base64.getEncoder()
                        .encodeToString("teller:teller".getBytes(StandardCharsets.UTF_8));
        return Tool.start(
                List.of(
                        wrk.toString(),
                        "--threads=1",
                        "--connections=" + load.connections(),
                        "--duration=" + load.seconds() + "s",
                        "--timeout=10s",
                        "--script=" + script,
                        "--header=Content-Type: application/json",
                        "http://127.0.0.1:" + service.getPort(),
                        "--",
                        load.request().name().toLowerCase(Locale.ROOT),
                        load.accounts().toString(),
                        load.keys(),
                        Integer.toString(load.perSecond())),
                Map.of("AUTHORIZATION", "Basic " + user));
    }

    /** Waits for the end of the load. */
    static Figures figures(Process running) throws IOException, InterruptedException {
        String output = Tool.output(running);
        Matcher figures = FIGURES.matcher(output);
        if (!figures.find()) {
            throw new IllegalStateException("wrk says:\n" + output);
        }
        return new Figures(
                Long.parseLong(figures.group(1)),
                Long.parseLong(figures.group(2)),
                Long.parseLong(figures.group(3)),
                Long.parseLong(figures.group(4)) / 1e6,
                Long.parseLong(figures.group(5)) / 1e3,
                Long.parseLong(figures.group(6)) / 1e3);
    }
}
