package banking.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** What Maven has made of a service, and what it was made of. */
record Packaged(String name) {

    private static final String DOCUMENTED =
            "META-INF/quarkus-config-doc/quarkus-config-model.json";

    static List<Packaged> both() {
        return List.of(new Packaged("command"), new Packaged("query"));
    }

    private Path root() {
        return Path.of("../../banking-" + name + "-service");
    }

    Properties properties() {
        var properties = new Properties();
        try {
            properties.load(
                    new StringReader(
                            Manifests.read(
                                    root().resolve("src/main/resources/application.properties"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    int port(String server) {
        return Integer.parseInt(properties().getProperty("quarkus." + server + ".port"));
    }

    /** What it offers, as its build has told. */
    JsonNode openApi() {
        return made("openapi/openapi.json");
    }

    private JsonNode made(String file) {
        try {
            return new JsonMapper().readTree(Manifests.read(root().resolve("target/" + file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The places of all files in the list of what is in the program. */
    List<String> listedFiles() {
        return made("quarkus-run-cyclonedx.json").findValuesAsText("location");
    }

    /** The places of all jars in the program. */
    List<String> jars() {
        var program = root().resolve("target/quarkus-app");
        return libraries().map(jar -> program.relativize(jar).toString()).toList();
    }

    private Stream<Path> libraries() {
        return Manifests.files(root().resolve("target/quarkus-app/lib/main"));
    }

    /** The environment variables that Quarkus and what it is extended by document. */
    Set<String> documentedVariables() {
        var variables = new HashSet<String>();
        libraries().forEach(jar -> variables.addAll(documentedVariables(jar)));
        properties().stringPropertyNames().stream().map(Packaged::variable).forEach(variables::add);
        return variables;
    }

    private static List<String> documentedVariables(Path jar) {
        try (var zip = new ZipFile(jar.toFile())) {
            var model = zip.getEntry(DOCUMENTED);
            if (model == null) {
                return List.of();
            }
            return new JsonMapper()
                    .readTree(zip.getInputStream(model))
                    .findValuesAsText("environmentVariable");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The metrics that the source registers, by Prometheus' names without their suffixes. */
    static Set<String> metrics() {
        var name = Pattern.compile("\"(bank(?:\\.[a-z]+)+)\"");
        var metrics = new HashSet<String>();
        both().stream()
                .flatMap(service -> sources(service.root()))
                .map(Manifests::read)
                .forEach(
                        source ->
                                name.matcher(source)
                                        .results()
                                        .map(found -> found.group(1).replace('.', '_'))
                                        .forEach(metrics::add));
        return metrics;
    }

    private static Stream<Path> sources(Path root) {
        return Manifests.files(root.resolve("src/main/java"));
    }
}
