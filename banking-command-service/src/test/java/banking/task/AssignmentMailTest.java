package banking.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.Concurrently;
import banking.Envelopes;
import banking.employee.Employees.Contact;
import banking.events.EmailAddress;
import banking.events.EmployeeId;
import banking.events.TaskEvent.TaskAssigned;
import banking.events.TaskId;
import banking.policy.PassingException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Template;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import io.vertx.mutiny.ext.mail.MailClient;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentMailTest {

    private static final Contact ERIN = new Contact("Erin", new EmailAddress("erin@bank.example"));
    private static final TaskId TASK = new TaskId(new UUID(0, 1));

    @Test
    void the_mail_names_the_task_and_has_the_given_message_id() throws PassingException {
        var sent = new ArrayList<MailMessage>();

        send(
                mail -> {
                    sent.add(mail);
                    return Future.succeededFuture(new MailResult());
                });

        assertThat(sent)
                .singleElement()
                .satisfies(
                        mail -> {
                            assertThat(mail.getTo()).containsExactly("erin@bank.example");
                            assertThat(mail.getFrom()).isEqualTo("bank@bank.example");
                            assertThat(mail.getCc()).isNull();
                            assertThat(mail.getHeaders().get("Subject"))
                                    .isEqualTo("Your task: Call back");
                            assertThat(mail.getHeaders().get("Date")).endsWith(" +0000");
                            assertThat(mail.getText()).isEqualTo("Erin: Call back");
                            assertThat(mail.getHeaders().getAll("Message-ID"))
                                    .containsExactly("<1@bank>");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 no",
                "551 no",
                "553 no",
                "550 5.1.1 No such user",
                "550-5.1.10 No such user",
                "554 5.2.1 Mailbox disabled",
            })
    void what_condemns_the_address_is_no_passing_failure(String reply) {
        assertThatThrownBy(() -> send(failing(answer(reply))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("erin@bank.example is refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "421 later",
                "451 later",
                "452 4.2.2 Mailbox full",
                "530 who are you",
                "535 wrong",
                "550 5.7.1 Too many mails from this host",
                "552 5.2.2 Mailbox full",
                "554 no service here",
                "554 5.3.4 Too large for this system",
            })
    void what_is_about_the_session_its_rate_or_a_quota_passes(String reply) {
        assertThatThrownBy(() -> send(failing(answer(reply)))).isInstanceOf(PassingException.class);
    }

    @Test
    void a_server_that_is_away_passes() {
        assertThatThrownBy(() -> send(failing(new ConnectException("refused"))))
                .isInstanceOf(PassingException.class);
    }

    @Test
    void a_server_that_does_not_answer_counts_as_away() {
        assertThatThrownBy(() -> send(_ -> Promise.<MailResult>promise().future()))
                .isInstanceOf(PassingException.class);
    }

    /** What still waits in the mailer when its time is up would be sent all the same, and again. */
    @Test
    void no_more_mails_are_handed_over_at_once_than_there_are_connections() {
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        Server server =
                _ -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    underWay.decrementAndGet();
                    return Future.succeededFuture(new MailResult());
                };
        var mail = mail(server);

        Concurrently.times(100, () -> isSent(mail));

        assertThat(most).hasValue(1);
    }

    private static boolean isSent(AssignmentMail mail) {
        try {
            mail.send(ERIN, "Call back", "<1@bank>");
            return true;
        } catch (PassingException e) {
            return false;
        }
    }

    @Test
    void the_same_assignment_always_has_the_same_message_id_and_another_has_another() {
        var assigned = new TaskAssigned(new EmployeeId(new UUID(0, 2)), "Call back");
        var notification =
                AssignmentMailPolicy.notification(
                        TASK, Envelopes.of(TASK, 2, assigned), "bank.example");

        assertThat(notification.employeeId()).isEqualTo(assigned.employeeId());
        assertThat(notification.messageId()).matches("<[0-9a-f-]{36}@bank\\.example>");
        assertThat(
                        AssignmentMailPolicy.notification(
                                TASK, Envelopes.of(TASK, 2, assigned), "bank.example"))
                .isEqualTo(notification);
        assertThat(
                        AssignmentMailPolicy.notification(
                                TASK, Envelopes.of(TASK, 3, assigned), "bank.example"))
                .isNotEqualTo(notification);
    }

    private static SMTPException answer(String reply) {
        var code = Integer.parseInt(reply.substring(0, 3));
        return new SMTPException("not taken", code, List.of(reply), false);
    }

    private static Server failing(Throwable failure) {
        return _ -> Future.failedFuture(failure);
    }

    private static void send(Server server) throws PassingException {
        mail(server).send(ERIN, "Call back", "<1@bank>");
    }

    private static AssignmentMail mail(Server server) {
        return new AssignmentMail(
                MailClient.newInstance(server),
                template(),
                template(),
                new Impatient(),
                "bank@bank.example",
                new SimpleMeterRegistry());
    }

    /** What a mail server makes of a mail. */
    private interface Server extends io.vertx.ext.mail.MailClient {

        Future<MailResult> take(MailMessage mail);

        @Override
        default io.vertx.ext.mail.MailClient sendMail(
                MailMessage mail, Handler<AsyncResult<MailResult>> result) {
            take(mail).onComplete(result);
            return this;
        }

        @Override
        default void close(Handler<AsyncResult<Void>> closed) {}
    }

    private static Template template() {
        return Engine.builder().addDefaults().build().parse("{employee}: {task}");
    }

    private record Impatient() implements MailConfig {
        @Override
        public String messageIdDomain() {
            return "bank.example";
        }

        @Override
        public Duration timeout() {
            return Duration.ofMillis(50);
        }

        @Override
        public int atOnce() {
            return 1;
        }
    }
}
