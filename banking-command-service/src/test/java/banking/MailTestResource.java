package banking;

import banking.embedded.FreePorts;
import banking.embedded.MailServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives the service under test a mail server of its own, which tests may stop and start. */
public final class MailTestResource implements QuarkusTestResourceLifecycleManager {

    private static @Nullable MailServer server;

    @Override
    public Map<String, String> start() {
        try {
            var started =
                    new MailServer(Files.createTempDirectory("bank-mails-"), FreePorts.next());
            started.start();
            server = started;
            return Map.of(
                    "quarkus.mailer.host", "127.0.0.1",
                    "quarkus.mailer.port", "" + started.port(),
                    "quarkus.mailer.start-tls", "DISABLED");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        server().close();
    }

    public static MailServer server() {
        return Objects.requireNonNull(server);
    }
}
