package banking.projection;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/** Databases as no server is willing to be. */
public final class Databases {

    private Databases() {}

    /** One that gives nobody a connection until it may. */
    public static DataSource hanging(DataSource database, CountDownLatch until) {
        return (DataSource)
                Proxy.newProxyInstance(
                        DataSource.class.getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (_, method, arguments) -> {
                            until.await();
                            return method.invoke(database, arguments);
                        });
    }
}
