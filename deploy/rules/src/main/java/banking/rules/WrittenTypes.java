package banking.rules;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** What JSON is made of: records, and all types of ours that they have in them. */
public final class WrittenTypes {

    private WrittenTypes() {}

    /** The records of a sealed type, also of those within it; of a record, itself. */
    public static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(WrittenTypes::records)
                : Stream.of(type);
    }

    /** The names of all that a native image has to know in order to write or read the type. */
    public static Set<String> of(Class<?> type) {
        var names = new HashSet<String>();
        records(type).forEach(each -> collect(each, names));
        return names;
    }

    private static void collect(Type type, Set<String> names) {
        switch (type) {
            case Class<?> c when c.isSealed() -> records(c).forEach(each -> collect(each, names));
            case Class<?> c when c.isRecord() -> {
                if (names.add(c.getName())) {
                    for (var component : c.getRecordComponents()) {
                        collect(component.getGenericType(), names);
                    }
                }
            }
            case Class<?> c when c.isEnum() && !c.getModule().isNamed() -> names.add(c.getName());
            case ParameterizedType generic ->
                    Arrays.stream(generic.getActualTypeArguments())
                            .forEach(argument -> collect(argument, names));
            default -> {}
        }
    }
}
