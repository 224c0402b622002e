package banking.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.events.Topic;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bank in which nobody speaks in the clear, set up as the manifests set one up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredBankTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    @SuppressWarnings("NullAway.Init") // JUnit starts it.
    private SecuredBank bank;

    @SuppressWarnings("NullAway.Init")
    private X509Certificate before;

    @SuppressWarnings("NullAway.Init")
    private X509Certificate next;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        bank = SecuredBank.start(directory);
        // Looked for every half minute: the other tests pass the time.
        before = bank.certificates().shownOn(bank.commandPort());
        next = bank.certificates().issue("command");
    }

    @AfterAll
    void stop() {
        bank.close();
    }

    @Test
    void a_deposit_on_one_service_is_seen_on_the_other() throws Exception {
        var id = made("/accounts", "accountId", "{\"owner\":\"Tess\",\"currency\":\"EUR\"}");
        var deposit =
                bank.post(
                        "/accounts/" + id + "/deposits",
                        "{\"amount\":\"5.00\",\"currency\":\"EUR\"}");
        assertThat(deposit.statusCode()).as(deposit.body()).isEqualTo(201);

        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> bank.get("/accounts/" + id + "?min-version=2"), this::isThere);
    }

    private boolean isThere(HttpResponse<String> view) {
        return view.statusCode() == 200 && view.body().contains("\"5.00\"");
    }

    @Test
    void a_mail_goes_out_encrypted() throws Exception {
        var employee =
                made(
                        "/employees",
                        "employeeId",
                        "{\"name\":\"Eve\",\"email\":\"eve@bank.example\"}");
        var task = made("/tasks", "taskId", "{\"name\":\"Call\"}");
        var assigned =
                bank.put("/tasks/" + task + "/assignee", "{\"employeeId\":\"" + employee + "\"}");
        assertThat(assigned.statusCode()).as(assigned.body()).isLessThan(300);

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(bank.mail().recipients()).contains("eve@bank.example"));
    }

    private String made(String path, String id, String body) throws Exception {
        var answer = bank.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).get(id).asText();
    }

    @Test
    void a_caller_that_does_not_encrypt_is_not_heard() {
        var url = URI.create("http://localhost:" + bank.commandPort() + "/accounts");
        try (var http = HttpClient.newHttpClient()) {
            assertThatThrownBy(
                            () ->
                                    http.send(
                                            HttpRequest.newBuilder(url).build(),
                                            BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void the_database_lets_nobody_in_who_does_not_encrypt_or_has_no_password() {
        assertThatThrownBy(() -> connect("disable", "command"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no encryption");
        assertThatThrownBy(() -> connect("require", "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    private void connect(String mode, String password) throws SQLException {
        var url = "jdbc:postgresql://localhost:" + bank.postgres().port() + "/command?sslmode=";
        DriverManager.getConnection(url + mode, "command", password).close();
    }

    @Test
    void kafka_answers_nobody_who_does_not_encrypt_or_has_no_password() {
        var unencrypted = new HashMap<>(bank.kafka().client("bank-command"));
        unencrypted.put("security.protocol", "SASL_PLAINTEXT");
        assertThatThrownBy(() -> ask(unencrypted)).hasCauseInstanceOf(TimeoutException.class);

        var stranger = bank.kafka().client("stranger");
        assertThatThrownBy(() -> ask(stranger))
                .hasCauseInstanceOf(SaslAuthenticationException.class);
    }

    private static void ask(Map<String, Object> client)
            throws ExecutionException, InterruptedException {
        client.put("default.api.timeout.ms", "3000");
        client.put("request.timeout.ms", "3000");
        try (var admin = Admin.create(client)) {
            admin.listTopics().names().get();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"banking.accounts", Topic.SEALS, SecuredKafka.ANY_OF_OURS})
    void only_the_command_side_may_say_what_has_happened(String topic) throws Exception {
        assertThatThrownBy(() -> write("bank-query", topic))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void the_command_side_may_write_to_whatever_topic_of_ours() throws Exception {
        write("bank-command", SecuredKafka.ANY_OF_OURS);
    }

    private void write(String user, String topic) throws ExecutionException, InterruptedException {
        var words = new StringSerializer();
        var client = bank.kafka().client(user);
        // Who may write nothing at all would be told so before it names a topic.
        client.put("enable.idempotence", "false");
        try (var producer = new KafkaProducer<>(client, words, words)) {
            producer.send(new ProducerRecord<>(topic, "something")).get();
        }
    }

    @Test
    void a_new_certificate_is_shown_without_a_restart() throws Exception {
        assertThat(next).isNotEqualTo(before);
        Awaitility.await()
                .atMost(PATIENCE)
                // While one of its two files is old.
                .ignoreExceptionsInstanceOf(SSLException.class)
                .until(() -> bank.certificates().shownOn(bank.commandPort()), next::equals);
    }
}
