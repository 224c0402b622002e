package banking.launcher;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A database and the role that owns it.
 *
 * @param url a JDBC URL
 */
public record Database(String url, String username, String password) {

    private static final String LOGIN_SECONDS = "5";

    /** As a service would, but once. */
    void logIn() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", username);
        login.setProperty("password", password);
        login.setProperty("loginTimeout", LOGIN_SECONDS);
        DriverManager.getConnection(url, login).close();
    }
}
