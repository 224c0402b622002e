package banking.rules;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Makes Jackson in a test know what it would know in a native image: a type that was not registered
 * has no members there, and the request in which it is met fails with 500. So every test that asks
 * over HTTP looks for what was forgotten, whether it is said as a type, an {@link Object}, a
 * generic or a problem's parameter.
 */
@Singleton
public class ImageJackson implements ObjectMapperCustomizer {

    private static final String JACKSON = "com.fasterxml.jackson.databind.";

    @Override
    public void customize(ObjectMapper json) {
        var known = ImageTypes.known();
        json.registerModule(
                new SimpleModule("image")
                        .setSerializerModifier(new Writing(known))
                        .setDeserializerModifier(new Reading(known)));
    }

    /** Jackson has its own ways with the JDK's types, and others bring their ways along. */
    private static void require(Class<?> type, Object way, Set<String> known) {
        var name = type.getName();
        if (!type.getModule().isNamed()
                && way.getClass().getName().startsWith(JACKSON)
                && !known.contains(name)) {
            throw new IllegalArgumentException(
                    name + " would not be known in a native image: @RegisterForReflection");
        }
    }

    private static final class Writing extends BeanSerializerModifier {

        private static final long serialVersionUID = 1;

        private final transient Set<String> known;

        Writing(Set<String> known) {
            this.known = known;
        }

        @Override
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription type, JsonSerializer<?> serializer) {
            require(type.getBeanClass(), serializer, known);
            return serializer;
        }
    }

    private static final class Reading extends BeanDeserializerModifier {

        private static final long serialVersionUID = 1;

        private final transient Set<String> known;

        Reading(Set<String> known) {
            this.known = known;
        }

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config,
                BeanDescription type,
                JsonDeserializer<?> deserializer) {
            require(type.getBeanClass(), deserializer, known);
            return deserializer;
        }

        @Override
        public JsonDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config,
                JavaType type,
                BeanDescription description,
                JsonDeserializer<?> deserializer) {
            require(type.getRawClass(), deserializer, known);
            return deserializer;
        }
    }
}
