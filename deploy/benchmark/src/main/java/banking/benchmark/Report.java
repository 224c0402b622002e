package banking.benchmark;

import static java.util.stream.Collectors.joining;

import banking.benchmark.Options.Part;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** All figures of one benchmark; each is printed when it comes, and all of them at the end. */
final class Report {

    /**
     * @param part what was measured
     * @param load in words
     * @param timesPgbench how many times what pgbench reached beside it; 0 where none ran
     */
    record Run(Part part, String load, int connections, Wrk.Figures figures, double timesPgbench) {

        Run(Part part, String load, int connections, Wrk.Figures figures) {
            this(part, load, connections, figures, 0);
        }
    }

    /**
     * @param unit of both the target and what was reached
     */
    record Target(String what, boolean atLeast, double target, double reached, String unit) {

        @JsonProperty
        boolean met() {
            return atLeast ? reached >= target : reached < target;
        }
    }

    private final Machine machine;
    private final List<Double> pgbench = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> disagreements = new ArrayList<>();

    Report(Machine machine) {
        this.machine = machine;
        System.out.println(machine);
    }

    void pgbench(double perSecond) {
        pgbench.add(perSecond);
        System.out.println(String.format(Locale.ROOT, "pgbench %.0f transactions/s", perSecond));
    }

    void run(Run run) {
        runs.add(run);
        System.out.println(line(run));
    }

    void note(String text) {
        notes.add(text);
        System.out.println(text);
    }

    void target(String what, boolean atLeast, double target, double reached, String unit) {
        targets.add(new Target(what, atLeast, target, reached, unit));
    }

    void disagreements(String when, List<String> found) {
        for (String each : found) {
            disagreements.add(when + ": " + each);
            System.out.println("DISAGREEMENT " + when + ": " + each);
        }
    }

    boolean allAgrees() {
        return disagreements.isEmpty();
    }

    /** Of several such runs the one with the median of the comparisons. */
    Optional<Run> find(Part part, String load, int connections) {
        return median(part, load, connections, Run::timesPgbench);
    }

    /** In milliseconds; of several such runs the median. */
    double medianP99(Part part, String load, int connections) {
        return median(part, load, connections, run -> run.figures().p99Millis())
                .map(run -> run.figures().p99Millis())
                .orElseThrow();
    }

    private Optional<Run> median(
            Part part, String load, int connections, ToDoubleFunction<Run> figure) {
        List<Run> found =
                runs.stream()
                        .filter(run -> run.part() == part && run.load().equals(load))
                        .filter(run -> run.connections() == connections)
                        .sorted(Comparator.comparingDouble(figure))
                        .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() / 2));
    }

    void write(Path text, Path json) throws IOException {
        Files.writeString(text, text());
        new JsonMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(
                        json.toFile(),
                        new All(machine, pgbench, runs, notes, targets, disagreements));
        System.out.println("\n" + text() + "\n" + text + "\n" + json);
    }

    private record All(
            Machine machine,
            List<Double> pgbench,
            List<Run> runs,
            List<String> notes,
            List<Target> targets,
            List<String> disagreements) {}

    private String text() {
        List<String> lines = new ArrayList<>();
        lines.add(machine.toString());
        lines.add("");
        if (!pgbench.isEmpty()) {
            lines.add(
                    "pgbench, beside the runs compared with it: "
                            + pgbench.stream()
                                    .map(perSecond -> String.format(Locale.ROOT, "%.0f", perSecond))
                                    .collect(joining(", "))
                            + " transactions/s");
            lines.add("");
        }
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%-10s %-20s %11s %9s %9s %9s %8s %8s",
                        "part",
                        "load",
                        "connections",
                        "per s",
                        "p50 ms",
                        "p99 ms",
                        "refused",
                        "x pgbench"));
        runs.forEach(run -> lines.add(line(run)));
        lines.add("");
        lines.addAll(notes);
        lines.add("");
        targets.forEach(target -> lines.add(line(target)));
        lines.add("");
        lines.add(
                allAgrees()
                        ? "After every run versions, events, balances and accepted answers agreed."
                        : "DISAGREEMENTS:\n" + String.join("\n", disagreements));
        return String.join("\n", lines);
    }

    private static String line(Run run) {
        Wrk.Figures figures = run.figures();
        return String.format(
                Locale.ROOT,
                "%-10s %-20s %11d %9.0f %9.1f %9.1f %8d %8s",
                run.part().name().toLowerCase(Locale.ROOT),
                run.load(),
                run.connections(),
                figures.perSecond(),
                figures.p50Millis(),
                figures.p99Millis(),
                figures.refused() + figures.broken(),
                run.timesPgbench() == 0
                        ? ""
                        : String.format(Locale.ROOT, "%.2f", run.timesPgbench()));
    }

    private static String line(Target target) {
        return String.format(
                Locale.ROOT,
                "%-6s %-60s %s %.2f %s, reached %.2f",
                target.met() ? "met" : "MISSED",
                target.what(),
                target.atLeast() ? "at least" : "below",
                target.target(),
                target.unit(),
                target.reached());
    }
}
