package banking.e2e;

import static banking.e2e.BankClient.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.events.Topic;
import banking.launcher.ServiceProcess;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bank with the services as they are packaged, whose processes are killed one after the other
 * while money moves.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KILLS = 2;
    private static final int SOME = 100;
    private static final int MANY = 300;
    private static final int CUSTOMERS = 8;
    private static final double RECENT = 5;
    private static final int LAST = Integer.MAX_VALUE;

    @SuppressWarnings("NullAway.Init") // JUnit starts it.
    private RunningBank bank;

    @BeforeAll
    void start(@TempDir Path directory) {
        bank = RunningBank.start(directory);
    }

    @AfterAll
    void stop() {
        bank.close();
    }

    @Test
    @Order(1)
    void money_moved_on_one_service_is_read_on_the_other() throws IOException {
        List<Answer> answers = new ArrayList<>(bank.opened(1));
        String account = answers.getFirst().account();
        answers.add(bank.client().accepted(Command.deposit(account, "512.34")));
        answers.add(bank.client().accepted(Command.withdraw(account, "12.30")));

        JsonNode view = bank.client().view(account, 3);
        assertThat(view.get("version").asInt()).isEqualTo(3);
        assertThat(view.get("balance").get("amount").asText()).isEqualTo("500.04");
        assertThat(bank.client().statement(account))
                .extracting(entry -> entry.get("balance").get("amount").asText())
                .containsExactly("512.34", "500.04");
        bank.check(answers);
    }

    /** Turkish letters, Thai digits, another day, an ASCII charset, and yen that have decimals. */
    @Test
    @Order(2)
    void what_the_platform_is_set_to_changes_no_byte_of_any_answer(@TempDir Path directory)
            throws IOException, InterruptedException {
        Path currencies = Files.writeString(directory.resolve("currencies"), "JP=JPY,392,2");
        Map<String, String> foreign =
                Map.of(
                        "LC_ALL",
                        "C",
                        "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
                        "true",
                        "QUARKUS_LOG_CATEGORY__BANKING_STORY__LEVEL",
                        "DEBUG",
                        "JAVA_TOOL_OPTIONS",
                        System.getenv().getOrDefault("JAVA_TOOL_OPTIONS", "")
                                + " -Duser.language=tr -Duser.country=TR -Duser.extensions=u-nu-thai"
                                + " -Duser.timezone=Pacific/Kiritimati -Dfile.encoding=COMPAT"
                                + " -Djava.util.currency.data="
                                + currencies);
        try (ServiceProcess command = bank.another(bank.command(), foreign);
                ServiceProcess query = bank.another(bank.query(), foreign)) {
            command.awaitReady();
            query.awaitReady();
            assertThat(Story.told(command.uri(), query.uri()))
                    .isEqualTo(Story.told(bank.command().uri(), bank.query().uri()));
            assertThat(steps(command)).contains("POST /accounts came in", "was committed");
            assertThat(steps(query)).contains("GET /accounts/{id} came in", "was answered 200");
        }
    }

    /** From its id on, as somebody would who is asked where the money is. */
    @Test
    @Order(3)
    void both_logs_tell_the_whole_story_of_a_transfer() throws IOException {
        List<Answer> opened = bank.opened(2);
        String source = opened.getFirst().account();
        String target = opened.getLast().account();
        bank.client().accepted(Command.deposit(source, "10.00"));
        String transfer =
                bank.client().accepted(Command.transfer(source, target, "4.00")).text("transferId");
        String story =
                bank.client().journal(source).stream()
                        .filter(event -> event.toString().contains(transfer))
                        .findFirst()
                        .orElseThrow()
                        .get("correlationId")
                        .asText();

        eventually().untilAsserted(() -> assertThat(told(story)).satisfies(StoryTold::ofTransfer));
    }

    private StoryTold told(String story) {
        return new StoryTold(
                StoryLines.of(story, bank.command()), StoryLines.of(story, bank.query()));
    }

    /** What its caller wants to be followed, and what hangs below what. */
    @Test
    @Order(4)
    void the_trace_of_a_transfer_goes_through_both_services() throws IOException {
        List<Answer> opened = bank.opened(2);
        String source = opened.getFirst().account();
        bank.client().accepted(Command.deposit(source, "10.00"));
        Trace trace = Trace.begun();

        bank.client()
                .transferFollowed(
                        Command.transfer(source, opened.getLast().account(), "4.00"),
                        trace.traceparent());

        eventually()
                .untilAsserted(
                        () ->
                                assertThat(trace.told(bank.collector()))
                                        .containsExactlyElementsOf(Trace.OF_TRANSFER));
    }

    @Test
    @Order(5)
    void the_log_tells_why_a_command_was_refused() throws IOException {
        String account = bank.opened(1).getFirst().account();
        Command command = Command.withdraw(account, "1.00");
        assertThat(bank.client().give(command).refusedFor("insufficient-funds")).isTrue();

        eventually()
                .untilAsserted(
                        () -> assertThat(told(command.key())).satisfies(StoryTold::ofRefusal));
    }

    /** The steps of stories as the log has them in production, each with its story. */
    private static String steps(ServiceProcess service) throws IOException {
        StringBuilder steps = new StringBuilder();
        for (String line : Files.readAllLines(service.log())) {
            if (line.startsWith("{") && line.contains("\"banking.story\"")) {
                JsonNode step = JSON.readTree(line);
                assertThat(step.get("mdc").get("correlationId").asText()).isNotEmpty();
                steps.append(step.get("message").asText()).append('\n');
            }
        }
        return steps.toString();
    }

    @Test
    void where_nothing_happens_a_heartbeat_still_goes_all_the_way() {
        bank.client().awaitQuiet();

        eventually()
                .untilAsserted(
                        () -> {
                            assertThat(heartbeatAges())
                                    .hasSize(Topic.ALL.size() * Topic.PARTITIONS)
                                    .allMatch(age -> age < RECENT);
                            assertThat(
                                            Metrics.of(bank.command())
                                                    .all("bank_policy_heartbeat_age_seconds"))
                                    .isNotEmpty()
                                    .allMatch(age -> age < RECENT);
                        });
    }

    /** Of each partition's views, in seconds. */
    private List<Double> heartbeatAges() {
        return Metrics.of(bank.query()).all("bank_projection_heartbeat_age_seconds");
    }

    @Test
    void neither_service_gets_into_the_database_of_the_other() {
        for (String[] pair : new String[][] {{"command", "query"}, {"query", "command"}}) {
            String url = bank.postgres().addresses().jdbcUrl(pair[0]);
            assertThatThrownBy(() -> DriverManager.getConnection(url, pair[1], pair[1]).close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied for database");
        }
    }

    @Test
    void a_killed_command_service_has_kept_what_it_answered_and_did_nothing_twice()
            throws Exception {
        try (Load load = bank.load()) {
            for (int kill = 0; kill < KILLS; kill++) {
                load.awaitMore(bank.someMoment(SOME));
                RunningBank.killAndRestart(bank.command());
            }
            load.awaitMore(SOME);
            bank.check(load.finish());
        }
    }

    /** States and events are stored as JSON. */
    @Test
    void every_state_and_every_event_is_read_back_by_a_process_that_did_not_write_it()
            throws Exception {
        OneOfEveryKind kinds = new OneOfEveryKind(bank.client());
        RunningBank.killAndRestart(bank.command());
        kinds.answerFromWhatIsStored();
    }

    @Test
    void a_token_of_the_local_provider_is_worth_its_roles_in_both_services() throws Exception {
        TokenHolder teller = TokenHolder.of(bank.issuer(), "teller");
        JsonNode opened =
                teller.post(
                        bank.command().uri(),
                        "/accounts",
                        "{\"owner\":\"Alice\",\"currency\":\"EUR\"}");
        String path = "/accounts/" + opened.path("accountId").textValue();

        assertThat(teller.get(bank.query().uri(), path + "?min-version=1").statusCode())
                .isEqualTo(200);
        TokenHolder customer = TokenHolder.of(bank.issuer(), "alice");
        assertThat(customer.get(bank.query().uri(), path).statusCode()).isEqualTo(404);
        assertThat(customer.get(bank.command().uri(), "/outbox").statusCode()).isEqualTo(403);
    }

    @Test
    void a_killed_query_service_goes_on_where_its_views_are() throws Exception {
        try (Load load = bank.load()) {
            for (int kill = 0; kill < KILLS; kill++) {
                load.awaitMore(bank.someMoment(SOME));
                RunningBank.killAndRestart(bank.query());
            }
            load.awaitMore(SOME);
            assertThat(load.unanswered()).as("commands do not need the query service").isZero();
            bank.check(load.finish());
        }
    }

    /** Customers give commands until one of them is told that the service is stopping. */
    @Test
    void a_command_service_that_stops_answers_all_that_it_has_taken() throws Exception {
        List<Answer> answers = new ArrayList<>(bank.opened(1));
        String account = answers.getFirst().account();
        AtomicInteger given = new AtomicInteger();
        AtomicBoolean stopping = new AtomicBoolean();
        Callable<List<Answer>> customer =
                () -> {
                    List<Answer> own = new ArrayList<>();
                    while (!stopping.get()) {
                        Answer answer = bank.client().give(Command.deposit(account, "1.00"));
                        own.add(answer);
                        given.incrementAndGet();
                        stopping.compareAndSet(false, answer.unavailable());
                    }
                    return own;
                };
        try (ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Answer>>> all = new ArrayList<>();
            for (int i = 0; i < CUSTOMERS; i++) {
                all.add(customers.submit(customer));
            }
            eventually().until(() -> given.get() > SOME);
            bank.command().close();
            for (Future<List<Answer>> own : all) {
                answers.addAll(own.get());
            }
        }
        bank.command().start();
        bank.command().awaitReady();
        assertThat(answers)
                .filteredOn(answer -> !answer.accepted())
                .isNotEmpty()
                .allMatch(answer -> answer.text("code").equals("stopping"));
        bank.check(answers.stream().filter(Answer::accepted).toList());
    }

    @Test
    void commands_go_on_while_kafka_is_away_and_all_their_events_arrive_later() throws Exception {
        try (Load load = bank.load()) {
            load.awaitMore(bank.someMoment(SOME));
            bank.kafka().kill();
            load.awaitMore(MANY);
            assertThat(load.unanswered()).as("commands do not need Kafka").isZero();
            long waiting = bank.client().unpublished();
            assertThat(waiting).isGreaterThan(SOME);

            // Now nobody but the outbox knows of them.
            RunningBank.killAndRestart(bank.command());
            load.awaitMore(MANY);
            assertThat(bank.client().unpublished()).isGreaterThan(waiting);

            eventually().until(() -> heartbeatAges().stream().allMatch(age -> age > RECENT));

            bank.kafka().start();
            bank.kafka().awaitReady();
            load.awaitMore(SOME);
            bank.check(load.finish());
        }
    }

    @Test
    void events_that_were_sent_but_not_taken_from_the_outbox_are_sent_again_and_count_once()
            throws Exception {
        List<Answer> answers = new ArrayList<>(bank.opened(1));
        String account = answers.getFirst().account();
        bank.client().awaitQuiet();
        try (Connection relay = bank.database("command");
                Connection outbox = bank.database("command")) {
            // What another process's relay holds, this one's leaves alone.
            RunningBank.execute(relay, "select from outbox_shard for update");
            for (int i = 0; i < 10; i++) {
                answers.add(bank.client().accepted(Command.deposit(account, "1.00")));
            }
            RunningBank.execute(outbox, "lock table outbox in share mode");
            relay.rollback();
            eventually().until(() -> bank.topic().all(account).size() >= answers.size());
            assertThat(bank.client().unpublished()).isEqualTo(10);
            bank.command().kill();
        }
        bank.command().start();
        bank.command().awaitReady();
        bank.check(answers);
        assertThat(bank.topic().all(account)).as("with repeats").hasSizeGreaterThan(answers.size());
    }

    @Test
    void a_database_that_was_put_back_is_noticed_and_gets_back_what_was_published()
            throws Exception {
        new PutBack(bank).run();
    }

    @Test
    void a_killed_database_comes_back_with_all_that_was_answered() throws Exception {
        try (Load load = bank.load()) {
            load.awaitMore(bank.someMoment(SOME));
            bank.postgres().kill();
            bank.postgres().start();
            bank.postgres().awaitReady();
            load.awaitMore(SOME);
            bank.check(load.finish());
        }
    }

    @Test
    void of_an_erased_customer_nothing_is_left_in_any_column_record_or_log() throws Exception {
        new Erasure(bank).run();
    }

    @Test
    @Order(LAST - 2)
    void every_figure_that_a_rule_or_a_panel_looks_for_is_told() throws Exception {
        bank.opened(1);
        Figures.awaitAll(List.of(bank.command(), bank.query()));
    }

    @Test
    @Order(LAST - 1)
    void views_built_anew_are_the_same_views() throws Exception {
        bank.client().awaitQuiet();
        Map<String, List<JsonNode>> before = bank.client().everythingOnTheQuerySide();
        assertThat(before).isNotEmpty();
        bank.query().close();
        try (Connection query = bank.database("query")) {
            RunningBank.execute(query, "drop schema public cascade");
            RunningBank.execute(query, "create schema public");
            query.commit();
        }
        bank.query().start();
        bank.query().awaitReady();
        bank.client().awaitQuiet();
        assertThat(bank.client().everythingOnTheQuerySide()).isEqualTo(before);
        new Erasure(bank).isNowhere();
    }

    @Test
    @Order(LAST)
    void a_closed_bank_leaves_no_process_behind() {
        List<ProcessHandle> processes = ProcessHandle.current().descendants().toList();
        assertThat(processes)
                .extracting(ProcessHandle::pid)
                .contains(
                        bank.postgres().pid(),
                        bank.kafka().pid(),
                        bank.command().pid(),
                        bank.query().pid());
        bank.close();
        eventually().until(() -> processes.stream().noneMatch(EndToEndTest::runs));
    }

    /** One that has ended but was not buried yet has no program any more. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
