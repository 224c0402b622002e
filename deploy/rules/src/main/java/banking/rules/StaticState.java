package banking.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.FileDescriptor;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what static fields hold, directly or through other objects. Quarkus initialises all
 * classes while a native image is built, and the image keeps what they hold: a generator of random
 * numbers would give the same ones in every process, a thread, a client or an open file is that of
 * the machine that built it. GraalVM refuses most of them, so the image does not build.
 */
final class StaticState extends ArchCondition<JavaClass> {

    private static final List<Class<?>> OF_A_RUNNING_PROCESS =
            List.of(
                    RandomGenerator.class,
                    Thread.class,
                    Executor.class,
                    Timer.class,
                    Cleaner.class,
                    InstantSource.class,
                    InetAddress.class,
                    SocketAddress.class,
                    NetworkInterface.class,
                    Process.class,
                    ProcessHandle.class,
                    FileDescriptor.class,
                    // Clients, connections and open files.
                    AutoCloseable.class);

    /** Quarkus gives an image the loggers that are right there. */
    private static final String LOGGERS = "org.jboss.logging.";

    /** Something that is reached, and by which way. */
    private record Reached(String path, Object object) {}

    StaticState() {
        super("have nothing of a running process in static fields");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        Deque<Reached> ahead = new ArrayDeque<>();
        for (var field : type.reflect().getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                var path = type.getName() + "." + field.getName();
                if (isOfARunningProcess(field.getType())) {
                    events.add(SimpleConditionEvent.violated(type, path + " is declared so"));
                }
                reach(path, value(field, null), ahead);
            }
        }
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        while (!ahead.isEmpty()) {
            var reached = ahead.pop();
            if (!seen.add(reached.object)) {
                continue;
            }
            if (isOfARunningProcess(reached.object.getClass())) {
                events.add(
                        SimpleConditionEvent.violated(
                                type, reached.path + " is a " + reached.object.getClass()));
            } else {
                lookInto(reached, ahead);
            }
        }
    }

    private static boolean isOfARunningProcess(Class<?> type) {
        return OF_A_RUNNING_PROCESS.stream().anyMatch(each -> each.isAssignableFrom(type));
    }

    /** The JDK's own objects are asked for what they hold, where they can be; others are opened. */
    private static void lookInto(Reached reached, Deque<Reached> ahead) {
        var path = reached.path;
        switch (reached.object) {
            case Object[] array -> Arrays.asList(array).forEach(e -> reach(path + "[]", e, ahead));
            case Map<?, ?> map ->
                    map.forEach(
                            (key, value) -> {
                                reach(path + " (key)", key, ahead);
                                reach(path + "{}", value, ahead);
                            });
            case Iterable<?> all -> all.forEach(each -> reach(path + "[]", each, ahead));
            case Optional<?> maybe -> maybe.ifPresent(value -> reach(path, value, ahead));
            case AtomicReference<?> reference -> reach(path, reference.get(), ahead);
            case Reference<?> reference -> reach(path, reference.get(), ahead);
            default -> {
                for (Class<?> c = reached.object.getClass(); isOpen(c); c = c.getSuperclass()) {
                    for (var field : c.getDeclaredFields()) {
                        if (!Modifier.isStatic(field.getModifiers())) {
                            var further = path + "." + field.getName();
                            reach(further, value(field, reached.object), ahead);
                        }
                    }
                }
            }
        }
    }

    /** Whatever is not the JDK's is on the class path. */
    private static boolean isOpen(Class<?> type) {
        return !type.getModule().isNamed() && !type.getName().startsWith(LOGGERS);
    }

    private static void reach(String path, @Nullable Object object, Deque<Reached> ahead) {
        if (object != null) {
            ahead.push(new Reached(path, object));
        }
    }

    private static @Nullable Object value(Field field, @Nullable Object of) {
        if (field.getType().isPrimitive()) {
            return null;
        }
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " was made accessible", e);
        }
    }
}
