package banking.task;

import static banking.Bank.as;
import static banking.People.assign;
import static banking.People.employee;
import static banking.People.history;
import static banking.People.newAddress;
import static banking.People.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;

import banking.Bank;
import banking.CommandServiceTest;
import banking.MailTestResource;
import banking.People;
import banking.aggregate.NameBasedId;
import banking.embedded.MailServer;
import banking.events.CustomerId;
import banking.events.StreamId;
import banking.events.Topic;
import banking.events.codec.RecordedEvent;
import banking.journal.JournalReader;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One e-mail for every assignment, through a real mail server. */
@CommandServiceTest
class NotificationTest {

    private static final Session SESSION = Session.getInstance(new Properties());

    @Inject JournalReader journal;

    @AfterEach
    void heal() {
        Bank.sql("drop function if exists fail() cascade");
    }

    @Test
    void an_assignment_is_told_in_one_mail_with_the_banks_message_id() throws Exception {
        var address = newAddress();
        var task = task("Prüfen & <b>fertig</b>");

        assign(task, employee("Erin", address)).then().statusCode(200);
        Bank.awaitQuiet();

        var mail = onlyMail(address);
        assertThat(mail.getSubject()).isEqualTo("Your task: Prüfen & <b>fertig</b>");
        assertThat(mail.getHeader("Message-ID")).containsExactly(messageId(task));
        assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("bank@localhost");
        assertThat(part(mail, 0)).contains("Dear Erin,").contains("Prüfen & <b>fertig</b>");
        assertThat(part(mail, 1))
                .contains("<strong>Prüfen &amp; &lt;b&gt;fertig&lt;/b&gt;</strong>");
        assertThat(history("task", task))
                .containsExactly("TaskCreated", "TaskAssigned", "AssigneeNotified");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud835\udcd0lice \ud83d\ude00 \u5c71\u7530",
                "=?UTF-8?Q?Free_money?=",
                "a =?x",
                "\ud83d\ude00 \ud83d\ude00 \ud83d\ude00 \ud83d\ude00 \ud83d\ude00 \ud83d\ude00 \ud83d\ude00 A",
            })
    void the_subject_arrives_as_it_was_written(String name) throws Exception {
        var address = newAddress();

        assign(task(name), employee("Erin", address)).then().statusCode(200);
        Bank.awaitQuiet();

        var mail = onlyMail(address);
        assertThat(mail.getSubject()).isEqualTo("Your task: " + name);
        assertThat(mail.getHeader("Subject", null))
                .matches("[ -~\r\n]*")
                .doesNotContainPattern("[^\r\n]{77}");
        assertThat(part(mail, 0)).contains(name);
        assertThat(mail.getHeader("Cc")).isNull();
        assertThat(mail.getHeader("Bcc")).isNull();
    }

    @Test
    void every_assignment_is_told_to_whom_it_is_given() {
        var erin = newAddress();
        var fred = newAddress();
        var task = task("Call back");
        var erinsId = employee("Erin", erin);

        assign(task, erinsId);
        assign(task, employee("Fred", fred));
        assign(task, erinsId);
        People.complete(task).then().statusCode(200);
        Bank.awaitQuiet();

        assertThat(mails(erin)).hasSize(2).extracting(NotificationTest::id).doesNotHaveDuplicates();
        assertThat(mails(fred)).hasSize(1);
        assertThat(history("task", task).stream().filter("AssigneeNotified"::equals)).hasSize(3);
    }

    @Test
    void an_assignment_that_comes_again_sends_no_second_mail() {
        var address = newAddress();
        var task = task("Call back");
        assign(task, employee("Erin", address));
        Bank.awaitQuiet();

        var events =
                journal.events(StreamId.fromString(task), 0, 10).stream()
                        .map(RecordedEvent::event)
                        .toList();
        People.publishAgain(Topic.TASKS, events);
        People.publishAgain(Topic.TASKS, events);
        Bank.awaitQuiet();

        assertThat(mails(address)).hasSize(1);
        assertThat(history("task", task)).hasSize(3);
    }

    @Test
    void an_assignment_that_is_rolled_back_sends_no_mail() {
        var address = newAddress();
        var task = task("Call back");
        var erin = employee("Erin", address);
        Bank.sql(
                """
                create or replace function fail() returns trigger language plpgsql as $$
                begin raise exception 'made to fail'; end $$""",
                """
                create constraint trigger fail after insert on event
                deferrable initially deferred for each row
                when (new.stream_id = '%s') execute function fail()"""
                        .formatted(task));

        assign(task, erin).then().statusCode(500);
        Bank.awaitQuiet();

        assertThat(mails(address)).isEmpty();
        assertThat(history("task", task)).containsExactly("TaskCreated");
    }

    @Test
    void while_the_mail_server_is_down_all_else_goes_on_and_the_mail_goes_out_when_it_is_back() {
        var address = newAddress();
        var domain = People.newDomain();
        var task = task("Call back");
        var erin = employee("Erin", address);

        server().stop();
        try {
            assign(task, erin).then().statusCode(200).body("assigneeId", equalTo(erin));
            var alice = People.customer("alice@" + domain);
            awaitExists("task", OnboardingPolicy.id(CustomerId.fromString(alice), 1).toString());
            awaitExists("company", NameBasedId.of("company/" + domain).toString());
            assertThat(history("task", task)).containsExactly("TaskCreated", "TaskAssigned");
        } finally {
            server().start();
        }
        Bank.awaitQuiet();

        assertThat(mails(address)).hasSize(1);
        assertThat(history("task", task))
                .containsExactly("TaskCreated", "TaskAssigned", "AssigneeNotified");
    }

    @Test
    void an_address_that_the_server_refuses_for_ever_holds_up_only_its_own_task() {
        var refused = newAddress();
        var address = newAddress();
        var task = task("Call back");
        server().refuse(refused);

        assign(task, employee("Erin", refused)).then().statusCode(200);
        assign(task("Other"), employee("Fred", address)).then().statusCode(200);
        Bank.awaitQuiet();

        assertThat(mails(address)).hasSize(1);
        assertThat(history("task", task)).containsExactly("TaskCreated", "TaskAssigned");
        assertThat(
                        as("operator")
                                .get("/policies/assignment-mail/parked")
                                .<List<String>>path("parked.streamId"))
                .contains(task);
    }

    /** One mailbox is full, for hours; everybody else's mail goes out. */
    @Test
    void a_mailbox_that_is_full_holds_up_no_other() {
        var full = newAddress();
        var waiting = task("Call back");
        server().refuse(full, "452 4.2.2 Mailbox full");
        try {
            assign(waiting, employee("Erin", full)).then().statusCode(200);
            for (int i = 0; i < 3; i++) {
                var address = newAddress();
                assign(task("Other"), employee("Fred", address)).then().statusCode(200);
                Awaitility.await().atMost(Bank.PATIENCE).until(() -> mails(address).size() == 1);
            }
            assertThat(history("task", waiting)).containsExactly("TaskCreated", "TaskAssigned");
            as("operator")
                    .get("/policies/assignment-mail/parked")
                    .then()
                    .body(
                            "parked.find { it.streamId == '%s' }.retryAt".formatted(waiting),
                            notNullValue())
                    .body(
                            "parked.find { it.streamId == '%s' }.reason".formatted(waiting),
                            containsString("452 4.2.2 Mailbox full"));
        } finally {
            server().accept(full);
        }
        as("operator")
                .post("/policies/assignment-mail/parked/replay")
                .then()
                .statusCode(202)
                .body("matters", greaterThanOrEqualTo(1));

        Awaitility.await().atMost(Bank.PATIENCE).until(() -> mails(full).size() == 1);
    }

    private static void awaitExists(String type, String id) {
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(() -> People.state(type, id).statusCode() == 200);
    }

    private static MailServer server() {
        return MailTestResource.server();
    }

    private String messageId(String task) {
        var payload = journal.events(StreamId.fromString(task), 2, 1).getFirst().event().payload();
        return payload.replaceAll(".*\"messageId\":\"([^\"]*)\".*", "$1");
    }

    private static MimeMessage onlyMail(String address) {
        var mails = mails(address);
        assertThat(mails).hasSize(1);
        return mails.getFirst();
    }

    private static List<MimeMessage> mails(String address) {
        return server().mails().stream()
                .map(NotificationTest::read)
                .filter(mail -> to(mail).equals(address))
                .toList();
    }

    private static MimeMessage read(Path file) {
        try (var content = Files.newInputStream(file)) {
            return new MimeMessage(SESSION, content);
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String to(MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String id(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The plain text, or the HTML. */
    private static String part(MimeMessage mail, int number)
            throws IOException, MessagingException {
        return ((MimeMultipart) mail.getContent()).getBodyPart(number).getContent().toString();
    }
}
