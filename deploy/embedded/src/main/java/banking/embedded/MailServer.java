package banking.embedded;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server inside this process, for mails that are to be read and not delivered: each becomes
 * a file before it is accepted. It can be stopped and started again on its port.
 */
public final class MailServer implements AutoCloseable {

    private static final Duration LISTENS_WITHIN = Duration.ofSeconds(30);

    private static final String SUFFIX = ".eml";

    /** Names that sort by time. */
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss.SSSSSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Path directory;
    private final int port;
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final AtomicLong accepted = new AtomicLong();
    private @Nullable GreenMail server;

    /**
     * @param directory where the mails are put
     */
    public MailServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Returns when the server accepts connections. */
    public synchronized void start() {
        try {
            Directories.createPrivate(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerSetup setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(LISTENS_WITHIN.toMillis());
        GreenMail started =
                new GreenMail(setup) {
                    @Override
                    protected Map<String, AbstractServer> createServices(
                            ServerSetup[] config, Managers managers) {
                        return super.createServices(config, new Postbox());
                    }
                };
        started.start();
        server = started;
    }

    /** Closes the port and all connections. */
    public synchronized void stop() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    public int port() {
        return port;
    }

    public Path directory() {
        return directory;
    }

    /** Answers mails to this address with a permanent 550 from here on. */
    public void refuse(String address) {
        refuse(address, "550 No such mailbox");
    }

    /**
     * Answers mails to this address so from here on.
     *
     * @param reply an SMTP reply, its code first
     */
    public void refuse(String address, String reply) {
        refusals.put(address, reply);
    }

    /** Takes mails to this address again. */
    public void accept(String address) {
        refusals.remove(address);
    }

    /** The files of all accepted mails, oldest first. */
    public List<Path> mails() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes every mail, of which GreenMail itself keeps none. */
    private final class Postbox extends Managers {

        private final SmtpManager smtp =
                new SmtpManager(getImapHostManager(), getUserManager()) {
                    @Override
                    public @Nullable String checkRecipient(SmtpState state, MailAddress to) {
                        return refusals.get(to.getEmail());
                    }

                    @Override
                    public synchronized void send(SmtpState state) {
                        keep(state);
                    }
                };

        @Override
        public SmtpManager getSmtpManager() {
            return smtp;
        }
    }

    /** Whoever looks into the directory sees whole mails only. */
    private void keep(SmtpState state) {
        String name =
                String.format(
                        Locale.ROOT,
                        "%s-%06d",
                        NAME.format(Instant.now()),
                        accepted.incrementAndGet());
        Path unfinished = directory.resolve(name + ".part");
        try {
            Directories.createPrivateFile(unfinished);
            try (OutputStream file = Files.newOutputStream(unfinished)) {
                state.getMessage().getMessage().writeTo(file);
            }
            Files.move(
                    unfinished, directory.resolve(name + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException("a mail cannot be kept in " + directory, e);
        }
    }
}
