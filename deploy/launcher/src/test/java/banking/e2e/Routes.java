package banking.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which service gets which request, as the cluster's gateway is told. */
record Routes(List<Match> matches) {

    private static final Path GATEWAY = Path.of("../kubernetes/components/gateway");
    private static final Pattern PART =
            Pattern.compile("(value|method|- name): (?:bank-)?(/\\w+|[A-Z]+|command|query)");

    /**
     * @param method null for any
     */
    record Match(String path, @Nullable String method, String service) {

        boolean takes(String requestMethod, String requestPath) {
            return (requestPath.equals(path) || requestPath.startsWith(path + "/"))
                    && (method == null || method.equals(requestMethod));
        }
    }

    /** The callers' and the operators', of one host here. */
    static Routes read() throws IOException {
        List<Match> all = new ArrayList<>();
        for (String file : List.of("callers.yaml", "operators.yaml")) {
            List<Match> ofRule = new ArrayList<>();
            for (String line : Files.readAllLines(GATEWAY.resolve(file))) {
                Matcher part = PART.matcher(line.strip());
                if (!part.matches()) {
                    continue;
                }
                String said = part.group(2);
                switch (part.group(1)) {
                    case "value" -> ofRule.add(new Match(said, null, ""));
                    case "method" -> ofRule.add(new Match(ofRule.removeLast().path, said, ""));
                    default -> {
                        ofRule.forEach(match -> all.add(new Match(match.path, match.method, said)));
                        ofRule.clear();
                    }
                }
            }
        }
        return new Routes(all);
    }

    /** As the specification of routes orders them: the longest path, then one with a method. */
    String service(String method, String path) {
        return matches.stream()
                .filter(match -> match.takes(method, path))
                .max(
                        Comparator.<Match>comparingInt(match -> match.path.length())
                                .thenComparing(match -> match.method != null))
                .orElseThrow(() -> new AssertionError("no way leads to " + method + " " + path))
                .service;
    }
}
