package banking.benchmark;

import banking.embedded.StartFailure;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may be shortened, as system properties that begin with {@code benchmark.}.
 *
 * @param seconds how long one run takes; the full load takes four times as long
 * @param warmupSeconds how long each kind of load runs before it is measured
 * @param connections rising; the last is the load that the targets are about
 * @param profile whether every run leaves a recording of each service beside the report
 */
record Options(
        int seconds,
        int warmupSeconds,
        List<Integer> connections,
        int accounts,
        Set<Part> parts,
        boolean profile) {

    /** What can be measured alone, with {@code -Dbenchmark.only=whole,reads}. */
    enum Part {
        START,
        COMMAND,
        BULK,
        WHOLE,
        VISIBILITY,
        TRANSFERS,
        READS
    }

    private static final int MAX_CONNECTIONS = 10_000;
    private static final int MAX_ACCOUNTS = 10_000_000;
    private static final int MAX_SECONDS = 3600;

    static Options fromSystemProperties() {
        String only = System.getProperty("benchmark.only", "");
        return new Options(
                number("seconds", property("seconds", "15"), MAX_SECONDS),
                number("warmup", property("warmup", "30"), MAX_SECONDS),
                words(property("connections", "1,8,32,128"))
                        .map(word -> number("connections", word, MAX_CONNECTIONS))
                        .sorted()
                        .toList(),
                number("accounts", property("accounts", "100000"), MAX_ACCOUNTS),
                only.isEmpty() ? EnumSet.allOf(Part.class) : parts(only),
                Boolean.parseBoolean(property("profile", "false")));
    }

    int mostConnections() {
        return connections.getLast();
    }

    boolean measures(Part part) {
        return parts.contains(part);
    }

    private static String property(String name, String otherwise) {
        return System.getProperty("benchmark." + name, otherwise);
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip);
    }

    private static int number(String name, String text, int most) {
        if (text.matches("\\d{1,8}")) {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= most) {
                return value;
            }
        }
        throw new StartFailure(
                "-Dbenchmark." + name + "=" + text + " is not a number from 1 to " + most);
    }

    private static Set<Part> parts(String text) {
        EnumSet<Part> parts = EnumSet.noneOf(Part.class);
        for (String word : words(text).toList()) {
            try {
                parts.add(Part.valueOf(word.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new StartFailure(
                        String.format(
                                Locale.ROOT,
                                "-Dbenchmark.only=%s is not among %s",
                                word,
                                Arrays.toString(Part.values())),
                        e);
            }
        }
        return parts;
    }
}
