package banking.kubernetes;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Finds the fields that a model had no place for, and so put aside. */
final class Unknown {

    private Unknown() {}

    static void find(Object bean, String path, List<String> found) {
        switch (bean) {
            case null -> {}
            case Collection<?> many -> many.forEach(each -> find(each, path + "[]", found));
            case Map<?, ?> many -> many.forEach((key, each) -> find(each, path + "." + key, found));
            case Object each when isModel(each) -> inModel(each, path, found);
            default -> {}
        }
    }

    private static boolean isModel(Object bean) {
        var name = bean.getClass().getName();
        return !bean.getClass().isEnum()
                && (name.startsWith("io.fabric8.") || name.startsWith("io.strimzi."));
    }

    private static void inModel(Object bean, String path, List<String> found) {
        for (var method : bean.getClass().getMethods()) {
            if (isGetter(method)) {
                var value = get(method, bean);
                if ("getAdditionalProperties".equals(method.getName())) {
                    if (value instanceof Map<?, ?> unknown) {
                        unknown.keySet().forEach(key -> found.add("unknown: " + path + "." + key));
                    }
                } else {
                    find(value, path + "." + method.getName().substring(3), found);
                }
            }
        }
    }

    private static boolean isGetter(Method method) {
        return method.getName().startsWith("get") && method.getParameterCount() == 0;
    }

    private static Object get(Method method, Object bean) {
        try {
            return method.invoke(bean);
        } catch (ReflectiveOperationException e) {
            return null; // It gives nothing of what was read.
        }
    }
}
