package banking.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Finds what a model took for something else than what is written: an API server takes a number for
 * no text, and a text for no number.
 */
final class Retyped {

    private Retyped() {}

    static void compare(JsonNode written, JsonNode read, String path, List<String> found) {
        if (written.isObject() && read.isObject()) {
            written.properties()
                    .forEach(
                            field ->
                                    compare(
                                            field.getValue(),
                                            read.path(field.getKey()),
                                            path + "." + field.getKey(),
                                            found));
        } else if (written.isArray() && read.isArray()) {
            for (int i = 0; i < Math.min(written.size(), read.size()); i++) {
                compare(written.get(i), read.get(i), path + "[" + i + "]", found);
            }
        } else if (!read.isMissingNode()
                && !written.isNull()
                && written.getNodeType() != read.getNodeType()
                // Amounts may be written either way.
                && !path.matches(".*\\.(cpu|memory|sizeLimit|storage)")) {
            found.add(
                    path
                            + ": is a "
                            + written.getNodeType()
                            + ", but a "
                            + read.getNodeType()
                            + " is wanted");
        }
    }
}
