package banking.issuer;

import banking.issuer.Realm.User;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Who is which customer. The bank chooses the id of whom it registers, so whoever tries that out
 * puts it down here; a Keycloak has it as an attribute of the user.
 */
final class Customers {

    private final Path file;

    /**
     * @param directory of the issuer
     */
    Customers(Path directory) {
        file = directory.resolve("customers.properties");
    }

    Optional<String> of(User user) {
        if (Files.notExists(file)) {
            return user.customer();
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            Properties ids = new Properties();
            ids.load(reader);
            return Optional.ofNullable(ids.getProperty(user.name())).or(user::customer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
