package banking.task;

import banking.employee.Employees.Contact;
import banking.policy.PassingException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.runtime.Startup;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.mutiny.ext.mail.MailClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The e-mail that tells an employee of a task. */
@ApplicationScoped
@Startup // A counter that comes with its first mail would not have seen it.
class AssignmentMail {

    private static final int MAX_CAUSES = 20;
    private static final Pattern STATUS =
            Pattern.compile("5\\d\\d[ -]5\\.(\\d{1,3})\\.(\\d{1,3})\\b");
    private static final Pattern BARE = Pattern.compile("55[013]\\b");

    /** RFC 5322, section 3.3; the mail client would write the JVM's zone. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final MailClient client;
    private final Template text;
    private final Template html;
    private final MailConfig config;
    private final String from;
    private final Clock clock = Clock.systemUTC();
    private final Semaphore connections;
    private final Counter sent;
    private final Counter again;
    private final Counter refused;

    AssignmentMail(
            MailClient client,
            @Location("assignment.txt") Template text,
            @Location("assignment.html") Template html,
            MailConfig config,
            @ConfigProperty(name = "quarkus.mailer.from") String from,
            MeterRegistry registry) {
        this.client = client;
        this.text = text;
        this.html = html;
        this.config = config;
        this.from = from;
        connections = new Semaphore(config.atOnce());
        sent = counter("sent", registry);
        again = counter("again", registry);
        refused = counter("refused", registry);
    }

    private static Counter counter(String outcome, MeterRegistry registry) {
        return Counter.builder("bank.mails")
                .description("Tries to hand an e-mail over to the mail server")
                .tag("outcome", outcome)
                .register(registry);
    }

    /**
     * Returns when the mail server has taken the e-mail over.
     *
     * @param messageId the same for the same assignment, so that whoever gets an e-mail twice can
     *     tell
     * @throws PassingException when the server is away, or does not take it now
     * @throws IllegalStateException when the server says that it will never take it
     */
    void send(Contact employee, String task, String messageId) throws PassingException {
        var mail =
                new MailMessage()
                        .setFrom(from)
                        .setTo(employee.email().value())
                        .setText(render(text, employee, task))
                        .setHtml(render(html, employee, task))
                        .addHeader("Subject", EncodedWords.of("Your task: " + task))
                        .addHeader("Date", DATE.format(clock.instant()))
                        .addHeader("Message-ID", messageId);
        acquireConnection();
        try {
            client.sendMail(mail).await().atMost(config.timeout());
            sent.increment();
        } catch (RuntimeException e) {
            var refusal = refusal(e);
            (refusal.isPresent() ? refused : again).increment();
            if (refusal.isPresent()) {
                throw new IllegalStateException(
                        employee.email() + " is refused: " + refusal.get().getReplyMessage(), e);
            }
            throw new PassingException("the mail server is away: " + e, e);
        } finally {
            connections.release();
        }
    }

    /** An e-mail that still waits for others when its time is up would be sent, and sent again. */
    private void acquireConnection() throws PassingException {
        try {
            if (connections.tryAcquire(config.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PassingException("interrupted", e);
        }
        throw new PassingException("other e-mails go first");
    }

    private static String render(Template template, Contact employee, String task) {
        return template.data("employee", employee.name()).data("task", task).render();
    }

    private static Optional<SMTPException> refusal(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .filter(SMTPException.class::isInstance)
                .map(SMTPException.class::cast)
                .filter(answer -> condemnsAddress(answer.getReplyMessage()))
                .findFirst();
    }

    /**
     * Whether the address is wrong for ever: enhanced status 5.1.x, or 5.2.1 for a mailbox that is
     * closed (RFC 3463). A server that gives no such code says it by 550, 551 or 553 (RFC 5321,
     * 4.2.3). All else is about the session, its rate, a quota or the bank's own login.
     */
    private static boolean condemnsAddress(String reply) {
        var status = STATUS.matcher(reply);
        if (status.lookingAt()) {
            var subject = status.group(1);
            return subject.equals("1") || (subject.equals("2") && status.group(2).equals("1"));
        }
        return BARE.matcher(reply).lookingAt();
    }
}
