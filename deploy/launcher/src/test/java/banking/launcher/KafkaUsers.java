package banking.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What Strimzi would let whom do in Kafka, as the manifest says. */
record KafkaUsers(List<AclBinding> permissions) {

    private static final Path MANIFEST = Path.of("../kubernetes/infrastructure/users.yaml");

    static KafkaUsers ofManifest() throws IOException {
        var permissions = new ArrayList<AclBinding>();
        try (var users =
                new YAMLMapper()
                        .readerFor(JsonNode.class)
                        .<JsonNode>readValues(MANIFEST.toFile())) {
            while (users.hasNext()) {
                var user = users.next();
                var name = user.at("/metadata/name").asText();
                for (var acl : user.at("/spec/authorization/acls")) {
                    for (var operation : acl.path("operations")) {
                        permissions.add(allowed(name, acl.path("resource"), operation.asText()));
                    }
                }
            }
        }
        return new KafkaUsers(permissions);
    }

    private static AclBinding allowed(String user, JsonNode resource, String operation) {
        return new AclBinding(
                new ResourcePattern(
                        ResourceType.fromString(resource.path("type").asText()),
                        resource.path("name").asText(),
                        pattern(resource.path("patternType").asText())),
                new AccessControlEntry(
                        "User:" + user,
                        "*",
                        AclOperation.fromString(operation),
                        AclPermissionType.ALLOW));
    }

    private static PatternType pattern(String strimzis) {
        return strimzis.equals("prefix") ? PatternType.PREFIXED : PatternType.fromString(strimzis);
    }
}
