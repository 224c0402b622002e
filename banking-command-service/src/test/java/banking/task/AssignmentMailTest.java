package banking.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.Concurrently;
import banking.Envelopes;
import banking.employee.Employees.Contact;
import banking.events.EmailAddress;
import banking.events.StreamId;
import banking.events.TaskEvent.TaskAssigned;
import banking.policy.PassingException;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Template;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AssignmentMailTest {

    private static final Contact ERIN = new Contact("Erin", new EmailAddress("erin@bank.example"));
    private static final StreamId TASK = new StreamId(new UUID(0, 1));

    @Test
    void the_mail_names_the_task_and_has_the_given_message_id() throws PassingException {
        var sent = new ArrayList<Mail>();

        send(
                mails -> {
                    sent.addAll(List.of(mails));
                    return Uni.createFrom().voidItem();
                });

        assertThat(sent)
                .singleElement()
                .satisfies(
                        mail -> {
                            assertThat(mail.getTo()).containsExactly("erin@bank.example");
                            assertThat(mail.getSubject()).isEqualTo("Your task: Call back");
                            assertThat(mail.getText()).isEqualTo("Erin: Call back");
                            assertThat(mail.getHeaders().get("Message-ID"))
                                    .containsExactly("<1@bank>");
                        });
    }

    @Test
    void what_the_server_never_takes_is_no_passing_failure() {
        for (int code : new int[] {550, 551, 553, 554}) {
            assertThatThrownBy(() -> send(failing(answer(code))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("erin@bank.example is refused");
        }
    }

    @Test
    void what_the_server_may_take_later_passes() {
        for (var failure :
                List.of(
                        new ConnectException("refused"),
                        answer(421),
                        answer(451),
                        answer(530),
                        answer(535))) {
            assertThatThrownBy(() -> send(failing(failure))).isInstanceOf(PassingException.class);
        }
    }

    @Test
    void a_server_that_does_not_answer_counts_as_away() {
        assertThatThrownBy(() -> send(mails -> Uni.createFrom().nothing()))
                .isInstanceOf(PassingException.class);
    }

    /** What still waits in the mailer when its time is up would be sent all the same, and again. */
    @Test
    void no_more_mails_are_handed_over_at_once_than_there_are_connections() {
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        ReactiveMailer mailer =
                mails -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    underWay.decrementAndGet();
                    return Uni.createFrom().voidItem();
                };
        var mail = new AssignmentMail(mailer, template(), template(), new Impatient());

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
        var assigned = new TaskAssigned(new StreamId(new UUID(0, 2)), "Call back");
        var notification =
                AssignmentMailPolicy.notification(Envelopes.of(TASK, 2, assigned), "bank.example");

        assertThat(notification.employeeId()).isEqualTo(assigned.employeeId());
        assertThat(notification.messageId()).matches("<[0-9a-f-]{36}@bank\\.example>");
        assertThat(
                        AssignmentMailPolicy.notification(
                                Envelopes.of(TASK, 2, assigned), "bank.example"))
                .isEqualTo(notification);
        assertThat(
                        AssignmentMailPolicy.notification(
                                Envelopes.of(TASK, 3, assigned), "bank.example"))
                .isNotEqualTo(notification);
    }

    private static SMTPException answer(int code) {
        return new SMTPException("not taken", code, List.of(code + " no"), false);
    }

    private static ReactiveMailer failing(Throwable failure) {
        return mails -> Uni.createFrom().failure(failure);
    }

    private static void send(ReactiveMailer mailer) throws PassingException {
        new AssignmentMail(mailer, template(), template(), new Impatient())
                .send(ERIN, "Call back", "<1@bank>");
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
