package banking.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

    /** Commits travel with the last statements of their transactions. */
    private static Connection faulty(Connection connection, Lost what, AtomicInteger left) {
        return proxy(
                Connection.class,
                (method, arguments) -> {
                    var result = method.invoke(connection, arguments);
                    return result instanceof PreparedStatement statement
                                    && arguments[0].toString().endsWith("commit")
                            ? faulty(statement, what, left)
                            : result;
                });
    }

    private static PreparedStatement faulty(PreparedStatement last, Lost what, AtomicInteger left) {
        return proxy(
                PreparedStatement.class,
                (method, arguments) -> {
                    var fails = method.getName().equals("execute") && left.getAndDecrement() > 0;
                    if (!fails) {
                        return method.invoke(last, arguments);
                    }
                    if (what == Lost.ANSWER) {
                        last.execute();
                    }
                    throw new SQLException("the connection broke at the commit", "08006");
                });
    }

    interface Call {
        Object on(Method method, Object[] arguments) throws Throwable;
    }

    static <T> T proxy(Class<T> type, Call call) {
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
