package banking.kubernetes;

import banking.kubernetes.Manifests.Manifest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * As strict as an API server, without one: unknown fields, missing ones, wrong types and words that
 * no field takes. Of a kind that it does not know it knows no mistake, and so says that.
 */
final class Validator {

    private static final JsonNode WORDS = Kinds.resource("words.yaml");

    private Validator() {}

    static List<String> mistakes(Manifest manifest) {
        var mistakes = new ArrayList<String>();
        if (Models.know(manifest)) {
            mistakes.addAll(Models.mistakes(manifest));
            words(manifest.json().path("spec"), mistakes);
        } else if (Kinds.know(manifest)) {
            mistakes.addAll(Kinds.mistakes(manifest));
        } else {
            mistakes.add("unknown kind: " + manifest.apiVersion() + " " + manifest.kind());
        }
        selectsItsOwn(manifest, mistakes);
        return mistakes;
    }

    /** A patch is a part of an object, of which much is missing. */
    static List<String> mistakesInPatch(Manifest patch) {
        return Models.typed(patch);
    }

    private static void words(JsonNode json, List<String> mistakes) {
        for (var field : json.properties()) {
            if (WORDS.has(field.getKey())) {
                word(field.getKey(), field.getValue(), mistakes);
            }
        }
        json.forEach(each -> words(each, mistakes));
    }

    private static void word(String field, JsonNode value, List<String> mistakes) {
        if (value.isArray()) {
            value.forEach(each -> word(field, each, mistakes));
        } else if (value.isTextual()) {
            var known = new ArrayList<String>();
            WORDS.get(field).forEach(each -> known.add(each.asText()));
            if (!known.contains(value.asText())) {
                mistakes.add(field + ": " + value + " is none of " + known);
            }
        }
    }

    private static void selectsItsOwn(Manifest manifest, List<String> mistakes) {
        if (List.of("Deployment", "StatefulSet").contains(manifest.kind())) {
            var labels = manifest.json().at("/spec/template/metadata/labels");
            for (var wanted : manifest.json().at("/spec/selector/matchLabels").properties()) {
                if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                    mistakes.add("the selector does not match the pods: " + wanted.getKey());
                }
            }
        }
    }
}
