package banking.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import banking.events.Currency;
import banking.events.Money;
import banking.events.codec.WrittenEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What must hold once all is quiet, whatever was killed before. */
final class Invariants {

    /** How many of the commands are given once more, spread over all of them. */
    private static final int REPEATS = 200;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BankClient bank;
    private final TopicLog topic;

    private Invariants(BankClient bank, TopicLog topic) {
        this.bank = bank;
        this.topic = topic;
    }

    /**
     * @param answers to all commands that the accounts in them ever got
     */
    static void check(BankClient bank, Supplier<TopicLog> topic, List<Answer> answers)
            throws IOException {
        bank.awaitQuiet();
        repeats_get_the_first_answer(bank, answers);
        bank.awaitQuiet();
        Invariants invariants = new Invariants(bank, topic.get());
        Map<String, List<Answer>> accepted =
                answers.stream()
                        .filter(Answer::accepted)
                        .sorted(Comparator.comparingLong(Answer::version))
                        .collect(Collectors.groupingBy(Answer::account));
        for (Map.Entry<String, List<Answer>> account : accepted.entrySet()) {
            invariants.check(account.getKey(), account.getValue());
        }
    }

    private static void repeats_get_the_first_answer(BankClient bank, List<Answer> answers)
            throws IOException {
        int step = Math.max(1, answers.size() / REPEATS);
        for (int i = 0; i < answers.size(); i += step) {
            Answer first = answers.get(i);
            assertThat(bank.give(first.command())).isEqualTo(first);
        }
    }

    private void check(String account, List<Answer> accepted) throws JsonProcessingException {
        List<JsonNode> journal = bank.journal(account);
        every_accepted_command_made_one_event_and_nothing_else_did(journal, accepted);
        the_topic_has_what_the_journal_has(account, journal);
        JsonNode view = bank.view(account);
        all_sides_agree_on_the_account(view, bank.replayed(account), accepted.getLast().body());
        the_balance_is_the_sum_of_the_entries(view, bank.statement(account), journal);
    }

    private static void every_accepted_command_made_one_event_and_nothing_else_did(
            List<JsonNode> journal, List<Answer> accepted) {
        assertThat(journal.size()).as("events of accepted commands").isEqualTo(accepted.size());
        List<Long> contiguous = LongStream.rangeClosed(1, accepted.size()).boxed().toList();
        assertThat(journal).extracting(Invariants::version).isEqualTo(contiguous);
        assertThat(accepted).extracting(Answer::version).isEqualTo(contiguous);
        assertThat(journal).extracting(event -> event.get("commandId")).doesNotHaveDuplicates();
        // The first event opens the account and moves nothing.
        assertThat(journal.stream().skip(1).map(e -> minorUnits(e, "balance")).toList())
                .isEqualTo(
                        accepted.stream()
                                .skip(1)
                                .map(a -> balance(a.body()).minorUnits())
                                .toList());
    }

    private void the_topic_has_what_the_journal_has(String account, List<JsonNode> journal)
            throws JsonProcessingException {
        List<WrittenEvent> published = topic.withoutRepeats(account);
        assertThat(published).hasSameSizeAs(journal);
        for (int i = 0; i < journal.size(); i++) {
            JsonNode event = journal.get(i);
            WrittenEvent sent = published.get(i);
            assertThat(sent.type()).isEqualTo(event.get("type").asText());
            assertThat(sent.causationId()).hasToString(event.get("commandId").asText());
            assertThat(JSON.readTree(sent.payload())).isEqualTo(event.get("payload"));
        }
    }

    /** The view has more to say than an answer, but what both say is the same. */
    private static void all_sides_agree_on_the_account(
            JsonNode view, JsonNode replayed, JsonNode lastAnswer) {
        assertThat(replayed.get("intact").asBoolean()).as("hashes fit").isTrue();
        assertThat(replayed.get("state")).isEqualTo(lastAnswer);
        List<String> names = lastAnswer.propertyStream().map(Map.Entry::getKey).toList();
        assertThat(view.<ObjectNode>deepCopy().retain(names)).isEqualTo(lastAnswer);
        assertThat(view.get("behind").asBoolean()).as("behind").isFalse();
    }

    private static void the_balance_is_the_sum_of_the_entries(
            JsonNode view, List<JsonNode> statement, List<JsonNode> journal) {
        assertThat(statement).hasSize(journal.size() - 1);
        Money sum = Money.zero(new Currency("EUR"));
        for (int i = 0; i < statement.size(); i++) {
            JsonNode entry = statement.get(i);
            JsonNode event = journal.get(i + 1);
            assertThat(version(entry)).isEqualTo(version(event));
            Money amount = money(entry.get("amount"));
            assertThat(amount.minorUnits()).isEqualTo(minorUnits(event, "amount"));
            boolean deposit = entry.get("kind").asText().equals("DEPOSIT");
            sum = deposit ? sum.plus(amount) : sum.minus(amount);
            assertThat(balance(entry)).isEqualTo(sum);
            assertThat(sum.minorUnits()).isNotNegative();
        }
        assertThat(balance(view)).isEqualTo(sum);
    }

    private static long version(JsonNode of) {
        return of.get("version").asLong();
    }

    private static long minorUnits(JsonNode event, String what) {
        return event.get("payload").get(what).get("minorUnits").asLong();
    }

    private static Money balance(JsonNode of) {
        return money(of.get("balance"));
    }

    private static Money money(JsonNode money) {
        return Money.of(
                new BigDecimal(money.get("amount").asText()),
                new Currency(money.get("currency").asText()));
    }
}
