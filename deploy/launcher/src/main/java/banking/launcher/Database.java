package banking.launcher;

/**
 * A database and the role that owns it.
 *
 * @param url a JDBC URL
 */
public record Database(String url, String username, String password) {}
