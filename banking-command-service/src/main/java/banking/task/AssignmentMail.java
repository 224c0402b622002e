package banking.task;

import banking.employee.Employees.Contact;
import banking.policy.PassingException;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The e-mail that tells an employee of a task. */
@ApplicationScoped
class AssignmentMail {

    private static final int MAX_CAUSES = 20;

    private final ReactiveMailer mailer;
    private final Template text;
    private final Template html;
    private final MailConfig config;
    private final Semaphore connections;

    AssignmentMail(
            ReactiveMailer mailer,
            @Location("assignment.txt") Template text,
            @Location("assignment.html") Template html,
            MailConfig config) {
        this.mailer = mailer;
        this.text = text;
        this.html = html;
        this.config = config;
        connections = new Semaphore(config.atOnce());
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
                new Mail()
                        .addTo(employee.email().value())
                        .setSubject("Your task: " + task)
                        .setText(render(text, employee, task))
                        .setHtml(render(html, employee, task))
                        .addHeader("Message-ID", messageId);
        acquireConnection();
        try {
            mailer.send(mail).await().atMost(config.timeout());
        } catch (RuntimeException e) {
            var refusal = refusal(e);
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

    /** A permanent answer to this e-mail; 53x speaks of the bank's own login, which can change. */
    private static Optional<SMTPException> refusal(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .filter(SMTPException.class::isInstance)
                .map(SMTPException.class::cast)
                .filter(answer -> answer.isPermanent() && answer.getReplyCode() / 10 != 53)
                .findFirst();
    }
}
