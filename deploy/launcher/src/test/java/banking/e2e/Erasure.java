package banking.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A customer who is erased, and the search for what is left of the name and the addresses. */
final class Erasure {

    private static final String NAME = "Wilhelmina Erasable";
    private static final String FIRST = "wilhelmina@first.example";
    private static final String LAST = "wilhelmina@last.example";
    private static final List<String> TRACES = List.of("erasable", "wilhelmina");
    private static final Duration POLL = Duration.ofMillis(100);

    private final RunningBank bank;

    Erasure(RunningBank bank) {
        this.bank = bank;
    }

    void run() throws IOException, SQLException {
        String customer =
                post("/customers", "{'name':'" + NAME + "','email':'" + FIRST + "'}")
                        .text("customerId");
        bank.client()
                .accepted(
                        command(
                                "PUT",
                                "/customers/" + customer + "/email",
                                "{'email':'" + LAST + "'}"));
        String account =
                post(
                                "/accounts",
                                "{'owner':'"
                                        + NAME
                                        + "','currency':'EUR','customerId':'"
                                        + customer
                                        + "','openingDeposit':'5.00'}")
                        .account();
        bank.client().awaitQuiet();
        assertThat(bank.client().customer(customer).get("name").asText()).isEqualTo(NAME);
        assertThat(bank.client().customer(customer).get("email").asText()).isEqualTo(LAST);
        assertThat(bank.client().view(account).get("owner").asText()).isEqualTo(NAME);
        assertThat(bank.client().export(customer).toString()).contains(NAME, FIRST, LAST);
        assertThat(rows("command")).as("the search finds what is there").isNotEmpty();

        Command erasure = Command.post("/customers/" + customer + "/erasure", "");
        assertThat(bank.client().supervise(erasure).refusedFor("customer-has-accounts")).isTrue();
        bank.client().accepted(Command.withdraw(account, "5.00"));
        bank.client().accepted(command("DELETE", "/accounts/" + account, ""));
        assertThat(bank.client().supervise(erasure).accepted()).isTrue();
        bank.client().awaitQuiet();

        assertThat(bank.client().customer(customer).get("name").asText()).isEqualTo("[erased]");
        assertThat(bank.client().view(account).get("owner").asText()).isEqualTo("[erased]");
        assertThat(bank.client().statement(account)).hasSize(2);
        for (var stream : Map.of(customer, "customer", account, "account").entrySet()) {
            JsonNode replayed = bank.client().replayed(stream.getValue(), stream.getKey());
            assertThat(replayed.get("intact").asBoolean()).as("%s", stream).isTrue();
        }
        assertThat(bank.client().export(customer).toString()).doesNotContain(NAME, FIRST, LAST);
        isNowhere();

        // What comes once more brings nothing back.
        bank.client().operate("/outbox/again", "{\"streamId\":\"" + customer + "\"}");
        bank.client().operate("/outbox/again", "{\"streamId\":\"" + account + "\"}");
        bank.client().awaitQuiet();
        isNowhere();
    }

    /** In no column of any table, in no record, and in no log or mail. */
    void isNowhere() throws IOException, SQLException {
        assertThat(rows("command")).isEmpty();
        assertThat(rows("query")).isEmpty();
        assertThat(records()).isEmpty();
        assertThat(files()).isEmpty();
    }

    private List<String> rows(String database) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = bank.database(database);
                Statement statement = connection.createStatement()) {
            for (var table : columns(statement).entrySet()) {
                for (String trace : TRACES) {
                    var sql =
                            "select count(*) from %s t where concat_ws(' ', %s) ilike '%%%s%%'"
                                    .formatted(
                                            table.getKey(),
                                            String.join(", ", table.getValue()),
                                            trace);
                    try (var rows = statement.executeQuery(sql)) {
                        rows.next();
                        if (rows.getLong(1) > 0) {
                            found.add(database + "." + table.getKey() + ": " + trace);
                        }
                    }
                }
            }
        }
        return found;
    }

    /** As text, also what is kept as bytes. */
    private static Map<String, List<String>> columns(Statement statement) throws SQLException {
        Map<String, List<String>> columns = new TreeMap<>();
        var sql =
                """
                select table_name, column_name, udt_name from information_schema.columns
                where table_schema = 'public'""";
        try (var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String column = "t." + rows.getString(2);
                columns.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
                        .add(
                                switch (rows.getString(3)) {
                                    case "bytea" -> "encode(" + column + ", 'escape')";
                                    case "_bytea" ->
                                            "(select string_agg(encode(b, 'escape'), ' ') from unnest("
                                                    + column
                                                    + ") b)";
                                    default -> column + "::text";
                                });
            }
        }
        return columns;
    }

    private List<String> records() {
        List<String> found = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers", bank.kafka().addresses().bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> places =
                    consumer.listTopics().values().stream()
                            .flatMap(List::stream)
                            .map(each -> new TopicPartition(each.topic(), each.partition()))
                            .filter(each -> each.topic().startsWith("banking."))
                            .toList();
            consumer.assign(places);
            consumer.seekToBeginning(places);
            var ends = consumer.endOffsets(places);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(POLL)) {
                    if (isTrace(text(record))) {
                        found.add(record.topic() + " at " + record.offset());
                    }
                }
            }
        }
        return found;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder();
        Stream.concat(
                        Stream.of(record.key(), record.value()),
                        Stream.of(record.headers().toArray()).map(header -> header.value()))
                .filter(bytes -> bytes != null)
                .forEach(bytes -> text.append(new String(bytes, StandardCharsets.UTF_8)));
        return text.toString();
    }

    private List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("logs", "mails")) {
            try (var files = Files.walk(bank.directory().resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (isTrace(Files.readString(file, StandardCharsets.ISO_8859_1))) {
                        found.add(file);
                    }
                }
            }
        }
        return found;
    }

    private static boolean isTrace(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return TRACES.stream().anyMatch(lower::contains);
    }

    private Answer post(String path, String body) throws IOException {
        return bank.client().accepted(command("POST", path, body));
    }

    private static Command command(String method, String path, String body) {
        return Command.of(method, path, body.replace('\'', '"'));
    }
}
