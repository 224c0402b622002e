package banking.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailServerTest {

    @TempDir Path directory;

    private MailServer server;

    @BeforeEach
    void start() {
        server = new MailServer(directory.resolve("mails"), FreePorts.next());
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void an_accepted_mail_is_a_file_the_newest_last() throws Exception {
        send("first");
        send("second");

        assertThat(server.mails()).hasSize(2);
        assertThat(Files.readString(server.mails().getFirst())).contains("Subject: first");
        assertThat(Files.readString(server.mails().getLast())).contains("Subject: second");
    }

    @Test
    void a_stopped_server_takes_nothing_and_goes_on_where_it_was_when_it_starts_again()
            throws Exception {
        send("before");
        server.stop();
        assertThatThrownBy(() -> send("meanwhile")).isInstanceOf(MessagingException.class);
        server.start();
        send("after");

        assertThat(server.mails()).hasSize(2);
        assertThat(Files.readString(server.mails().getLast())).contains("Subject: after");
    }

    @Test
    void an_address_can_be_refused() {
        server.refuse("erin@bank.example");

        assertThatThrownBy(() -> send("refused"))
                .isInstanceOf(SendFailedException.class)
                .hasStackTraceContaining("550");
        assertThat(server.mails()).isEmpty();
    }

    private void send(String subject) throws MessagingException {
        Properties settings = new Properties();
        settings.setProperty("mail.smtp.host", "127.0.0.1");
        settings.setProperty("mail.smtp.port", Integer.toString(server.port()));
        MimeMessage mail = new MimeMessage(Session.getInstance(settings));
        mail.setFrom(new InternetAddress("bank@localhost"));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress("erin@bank.example"));
        mail.setSubject(subject);
        mail.setText("text");
        Transport.send(mail);
    }
}
