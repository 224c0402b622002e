package banking.http;

import banking.security.Permissions;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/**
 * Lets no service be built that has a command which the permissions do not name: nobody could give
 * it, and who has added it is to say who may. Like {@link ApiDocumentation} it is in no image.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class PermittedCommands implements OASFilter {

    /**
     * @throws IllegalStateException for a command that nobody may give
     */
    public PermittedCommands(IndexView index) {
        index.getKnownClasses().stream()
                .filter(ClassInfo::isRecord)
                .filter(
                        type ->
                                type.interfaceNames().stream()
                                        .anyMatch(PermittedCommands::isOfCommands))
                .map(type -> type.simpleName())
                .filter(name -> Permissions.of(name) == null)
                .findFirst()
                .ifPresent(
                        name -> {
                            throw new IllegalStateException(name + " is not in the permissions");
                        });
    }

    private static boolean isOfCommands(DotName type) {
        return type.toString().startsWith("banking.") && type.toString().endsWith("Command");
    }
}
