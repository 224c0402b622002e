package banking.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects in the manifests: as they are written, and as an overlay makes them. */
final class Manifests {

    static final Path ROOT = Path.of("");
    static final List<String> OVERLAYS = List.of("local", "native", "production");

    private static final List<Path> PATCHES =
            List.of(Path.of("components/secured"), Path.of("components/https/patches"));

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final List<Manifest> WRITTEN = readWritten();
    private static final Map<String, Optional<List<Manifest>>> RENDERED = new HashMap<>();

    private Manifests() {}

    /**
     * @param origin the file or the overlay that has it
     */
    record Manifest(String origin, JsonNode json) {

        String kind() {
            return json.path("kind").asText();
        }

        String name() {
            return json.at("/metadata/name").asText();
        }

        String apiVersion() {
            return json.path("apiVersion").asText();
        }

        @Override
        public String toString() {
            return origin + ": " + kind() + " " + name();
        }
    }

    /** Every object that is written whole; patches are part of one, and kustomizations none. */
    static List<Manifest> written() {
        return WRITTEN;
    }

    private static List<Manifest> readWritten() {
        return Stream.of("base", "components", "infrastructure", "overlays")
                .flatMap(folder -> files(ROOT.resolve(folder)))
                .filter(file -> file.toString().endsWith(".yaml"))
                .filter(file -> !file.endsWith("kustomization.yaml"))
                .filter(file -> PATCHES.stream().noneMatch(file::startsWith))
                .flatMap(file -> parse(file.toString(), read(file)).stream())
                .toList();
    }

    static List<Manifest> patches() {
        return PATCHES.stream()
                .flatMap(Manifests::files)
                .filter(file -> file.toString().endsWith(".yaml"))
                .filter(file -> !file.endsWith("kustomization.yaml"))
                .flatMap(file -> parse(file.toString(), read(file)).stream())
                .toList();
    }

    /** Empty where nothing is installed that renders kustomizations. */
    static Optional<List<Manifest>> rendered(String overlay) {
        return RENDERED.computeIfAbsent(overlay, Manifests::render);
    }

    private static Optional<List<Manifest>> render(String overlay) {
        var folder = "overlays/" + overlay;
        for (var program :
                List.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build"))) {
            var command = new ArrayList<>(program);
            command.add(folder);
            try {
                var running =
                        new ProcessBuilder(command)
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start();
                var text =
                        new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (running.waitFor() != 0) {
                    throw new IllegalStateException(folder + " cannot be rendered");
                }
                return Optional.of(parse(folder, text));
            } catch (IOException e) {
                // It is not installed.
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return Optional.empty();
    }

    static List<Manifest> parse(String origin, String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return documents.readAll().stream()
                    .filter(JsonNode::isObject)
                    .map(json -> new Manifest(origin, json))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(origin, e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
