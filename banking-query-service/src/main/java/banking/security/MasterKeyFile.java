package banking.security;

import banking.events.codec.MasterKeys;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the master keys, which are in no database, once and at the start. */
@ApplicationScoped
class MasterKeyFile {

    private final @Nullable Path file;

    MasterKeyFile(PersonalConfig config) {
        file = config.masterKeys().orElse(null);
    }

    /**
     * @throws IllegalStateException where there are none, so that the service does not start
     */
    void start(@Observes StartupEvent event) {
        read();
    }

    @Produces
    @Singleton
    MasterKeys read() {
        if (file == null) {
            throw new IllegalStateException("bank.personal.master-keys names no file");
        }
        try {
            return MasterKeys.parse(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("there are no master keys in " + file, e);
        }
    }
}
