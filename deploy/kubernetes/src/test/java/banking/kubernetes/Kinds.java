package banking.kubernetes;

import banking.kubernetes.Manifests.Manifest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares manifests of the kinds in kinds.yaml with what may stand in them. */
final class Kinds {

    private static final JsonNode KINDS = resource("kinds.yaml");

    private Kinds() {}

    static JsonNode resource(String name) {
        try (var text = Kinds.class.getResourceAsStream("/" + name)) {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean know(Manifest manifest) {
        return KINDS.has(key(manifest));
    }

    static List<String> mistakes(Manifest manifest) {
        var mistakes = new ArrayList<String>();
        for (var field : manifest.json().properties()) {
            if (!List.of("apiVersion", "kind", "metadata", "spec").contains(field.getKey())) {
                mistakes.add("unknown: ." + field.getKey());
            }
        }
        for (var field : manifest.json().path("metadata").properties()) {
            if (!List.of("name", "namespace", "labels", "annotations").contains(field.getKey())) {
                mistakes.add("unknown: .metadata." + field.getKey());
            }
        }
        var spec = KINDS.get(key(manifest)).get("spec!");
        compare(manifest.json().path("spec"), spec, ".spec", mistakes);
        return mistakes;
    }

    private static String key(Manifest manifest) {
        return manifest.apiVersion() + " " + manifest.kind();
    }

    private static void compare(JsonNode json, JsonNode kind, String path, List<String> found) {
        if (kind.isTextual()) {
            compareValue(json, kind.asText(), path, found);
        } else if (kind.isArray()) {
            if (json.isArray()) {
                json.forEach(each -> compare(each, kind.get(0), path + "[]", found));
            } else {
                found.add(path + ": a list is wanted");
            }
        } else if (json.isObject()) {
            compareFields(json, kind, path, found);
        } else {
            found.add(path + ": an object is wanted");
        }
    }

    private static void compareFields(
            JsonNode json, JsonNode kind, String path, List<String> found) {
        for (var field : json.properties()) {
            var name = field.getKey();
            var known = List.of(name, name + "!", "*").stream().filter(kind::has).findFirst();
            known.ifPresentOrElse(
                    k -> compare(field.getValue(), kind.get(k), path + "." + name, found),
                    () -> found.add("unknown: " + path + "." + name));
        }
        for (var field : kind.properties()) {
            var name = field.getKey();
            if (name.endsWith("!") && !json.has(name.substring(0, name.length() - 1))) {
                found.add("missing: " + path + "." + name.replace("!", ""));
            }
        }
    }

    private static void compareValue(JsonNode json, String type, String path, List<String> found) {
        var fits =
                switch (type) {
                    case "string" -> json.isTextual();
                    case "integer" -> json.isIntegralNumber();
                    case "boolean" -> json.isBoolean();
                    default ->
                            json.isTextual()
                                    && Arrays.asList(type.split(" \\| ")).contains(json.asText());
                };
        if (!fits) {
            found.add(path + ": " + json + " is not " + type);
        }
    }
}
