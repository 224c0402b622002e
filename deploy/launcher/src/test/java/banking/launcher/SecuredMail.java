package banking.launcher;

import java.net.InetAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server that takes nothing before STARTTLS. */
final class SecuredMail implements AutoCloseable {

    private final Queue<String> recipients = new ConcurrentLinkedQueue<>();
    private final SMTPServer server;

    SecuredMail(Certificates certificates) throws Exception {
        certificates.issue("mail");
        server =
                SMTPServer.port(0)
                        .bindAddress(InetAddress.getByName("localhost"))
                        .messageHandler((context, from, to, data) -> recipients.add(to))
                        .requireTLS()
                        .startTlsSocketFactory(certificates.identity("mail"))
                        .build();
        server.start();
    }

    int port() {
        return server.getPortAllocated();
    }

    /** Of all mails that came. */
    List<String> recipients() {
        return List.copyOf(recipients);
    }

    @Override
    public void close() {
        server.stop();
    }
}
