package banking.http;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Commands that come together, as they were said.
 *
 * @param commands without a value for what is no JSON
 */
@Schema(name = "Bulk", type = SchemaType.ARRAY, implementation = BulkCommand.class)
record BulkBody(@Size(min = 1, max = MOST_COMMANDS) List<JsonNode> commands) {

    static final int MOST_COMMANDS = 1_000;
}
