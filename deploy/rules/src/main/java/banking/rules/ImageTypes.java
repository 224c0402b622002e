package banking.rules;

import static java.util.stream.Collectors.joining;

import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.test.junit.buildchain.TestBuildChainCustomizerProducer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jboss.jandex.Index;

/**
 * Writes down, whenever Quarkus builds the service for a test, which types it would register for
 * reflection in a native image: the same that {@code reflect-config.json} names when one is built.
 */
public final class ImageTypes implements TestBuildChainCustomizerProducer {

    /** One name a line. */
    static final String RESOURCE = "banking/rules/image-types";

    @Override
    public Consumer<BuildChainBuilder> produce(Index testClasses) {
        return chain ->
                chain.addBuildStep(
                                build -> {
                                    var names =
                                            build
                                                    .consumeMulti(ReflectiveClassBuildItem.class)
                                                    .stream()
                                                    .filter(ImageTypes::isWhole)
                                                    .flatMap(type -> type.getClassNames().stream())
                                                    .collect(joining("\n"));
                                    build.produce(
                                            new GeneratedResourceBuildItem(
                                                    RESOURCE,
                                                    names.getBytes(StandardCharsets.UTF_8)));
                                })
                        .consumes(ReflectiveClassBuildItem.class)
                        .produces(GeneratedResourceBuildItem.class)
                        .build();
    }

    /** What Jackson needs of a record: how it is made, its members and their annotations. */
    private static boolean isWhole(ReflectiveClassBuildItem type) {
        return type.isConstructors() && type.isMethods() && type.isFields();
    }
}
