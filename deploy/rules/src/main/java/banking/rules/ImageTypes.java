package banking.rules;

import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.builder.BuildContext;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.test.junit.buildchain.TestBuildChainCustomizerProducer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.jandex.Index;

/**
 * Writes down, whenever Quarkus builds the service for a test, which types it would register for
 * reflection in a native image: the same that {@code reflect-config.json} names when one is built.
 */
public final class ImageTypes implements TestBuildChainCustomizerProducer {

    /** One name a line. */
    private static final String RESOURCE = "banking/rules/image-types";

    /** The same, for those of which an image knows the methods at least. */
    private static final String METHODS = "banking/rules/image-methods";

    @Override
    public Consumer<BuildChainBuilder> produce(Index testClasses) {
        return chain ->
                chain.addBuildStep(
                                build -> {
                                    write(build, RESOURCE, ImageTypes::isWhole);
                                    write(build, METHODS, ReflectiveClassBuildItem::isMethods);
                                })
                        .consumes(ReflectiveClassBuildItem.class)
                        .produces(GeneratedResourceBuildItem.class)
                        .build();
    }

    private static void write(
            BuildContext build, String resource, Predicate<ReflectiveClassBuildItem> which) {
        var names =
                build.consumeMulti(ReflectiveClassBuildItem.class).stream()
                        .filter(which)
                        .flatMap(type -> type.getClassNames().stream())
                        .collect(joining("\n"));
        build.produce(
                new GeneratedResourceBuildItem(resource, names.getBytes(StandardCharsets.UTF_8)));
    }

    /** The names of all types that Quarkus would register for reflection. */
    public static Set<String> known() {
        return read(RESOURCE);
    }

    /** The names of all types whose methods it would register. */
    public static Set<String> methods() {
        return read(METHODS);
    }

    private static Set<String> read(String resource) {
        var loader = Thread.currentThread().getContextClassLoader();
        try (var types = loader.getResourceAsStream(resource)) {
            return new String(
                            Objects.requireNonNull(types, resource).readAllBytes(),
                            StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the resources of the service under test, without its tests. */
    public static Set<String> resources() {
        return ArchConfiguration.withThreadLocalScope(
                configuration -> {
                    configuration.setResolveMissingDependenciesFromClassPath(false);
                    return new ClassFileImporter()
                            .importPath(Path.of("target", "classes")).stream()
                                    .filter(ImageTypes::hasPath)
                                    .map(JavaClass::getName)
                                    .collect(Collectors.toSet());
                });
    }

    private static boolean hasPath(JavaClass type) {
        return type.isAnnotatedWith(jakarta.ws.rs.Path.class);
    }

    /** What Jackson needs of a record: how it is made, its members and their annotations. */
    private static boolean isWhole(ReflectiveClassBuildItem type) {
        return type.isConstructors() && type.isMethods() && type.isFields();
    }
}
