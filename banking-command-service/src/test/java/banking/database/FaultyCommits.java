package banking.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Real transactions on the real database whose first commits get lost on the way. */
public final class FaultyCommits {

    /** Where a commit gets lost. */
    public enum Lost {
        REQUEST,
        ANSWER
    }

    private FaultyCommits() {}

    /**
     * @param lost how many commits
     */
    public static Transactions on(DataSource database, Lost what, int lost) {
        var left = new AtomicInteger(lost);
        return new Transactions(
                proxy(
                        DataSource.class,
                        (method, arguments) -> {
                            var result = method.invoke(database, arguments);
                            return result instanceof Connection connection
                                    ? faulty(connection, what, left)
                                    : result;
                        }));
    }

    private static Connection faulty(Connection connection, Lost what, AtomicInteger left) {
        return proxy(
                Connection.class,
                (method, arguments) -> {
                    var fails = method.getName().equals("commit") && left.getAndDecrement() > 0;
                    if (!fails) {
                        return method.invoke(connection, arguments);
                    }
                    if (what == Lost.ANSWER) {
                        connection.commit();
                    }
                    throw new SQLException("the connection broke at the commit", "08006");
                });
    }

    private interface Call {
        Object on(java.lang.reflect.Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            try {
                                return call.on(method, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }
}
