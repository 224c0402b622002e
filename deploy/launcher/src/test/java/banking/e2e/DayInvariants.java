package banking.e2e;

import static banking.e2e.BankClient.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The invariants that span aggregates, seen from outside once all is quiet. */
final class DayInvariants {

    private static final int REPEATS = 200;
    private static final int MAX_COMMENTS = 20;

    private final BankClient bank;
    private final List<Answer> accepted;
    private final Map<String, List<JsonNode>> journals = new HashMap<>();

    private DayInvariants(BankClient bank, List<Answer> accepted) {
        this.bank = bank;
        this.accepted = accepted;
    }

    /**
     * @param answers to all commands that were ever given
     * @param messageIds of all e-mails that were sent
     */
    static void check(BankClient bank, List<Answer> answers, Supplier<List<String>> messageIds)
            throws IOException {
        bank.awaitQuiet();
        eventually().untilAsserted(() -> holds_that_are_over_have_expired(bank));
        bank.awaitQuiet();
        repeats_get_the_first_answer(bank, answers);
        bank.awaitQuiet();
        DayInvariants day =
                new DayInvariants(bank, answers.stream().filter(Answer::accepted).toList());
        day.views_stand_where_their_journals_end();
        day.the_books_balance_with_what_came_in_and_went_out();
        day.every_transfer_has_one_end();
        day.an_address_belongs_to_one_customer_and_companies_count_them();
        day.every_customer_has_two_tasks();
        day.no_comment_is_lost();
        day.every_assignment_was_told_once(messageIds.get());
    }

    private static void holds_that_are_over_have_expired(BankClient bank) {
        Instant soon = Instant.now().plusSeconds(60);
        for (JsonNode account : bank.all("accounts")) {
            assertThat(bank.holds(account.get("accountId").asText()))
                    .filteredOn(hold -> hold.get("status").asText().equals("OPEN"))
                    .allMatch(hold -> Instant.parse(hold.get("expiresAt").asText()).isAfter(soon));
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

    /** No version is missing or doubled; the journals are kept for what follows. */
    private void views_stand_where_their_journals_end() {
        for (String[] kind :
                new String[][] {
                    {"account", "accounts"}, {"customer", "customers"}, {"task", "tasks"}
                }) {
            for (JsonNode view : bank.all(kind[1])) {
                String id = view.get(kind[0] + "Id").asText();
                List<JsonNode> journal = bank.journal(kind[0], id);
                assertThat(journal)
                        .extracting(event -> event.get("version").asLong())
                        .isEqualTo(LongStream.rangeClosed(1, journal.size()).boxed().toList());
                assertThat(view.get("version").asLong()).as(id).isEqualTo(journal.size());
                assertThat(view.get("behind").asBoolean()).as(id).isFalse();
                journals.put(id, journal);
            }
        }
        assertThat(accepted.stream().filter(a -> made(a, "/accounts")).map(Answer::account))
                .allMatch(journals::containsKey);
    }

    private void the_books_balance_with_what_came_in_and_went_out() {
        BigDecimal cash = BigDecimal.ZERO;
        for (Answer answer : accepted) {
            cash = cash.add(cashOf(answer));
        }
        JsonNode euros = bank.trialBalance().get(0);
        assertThat(euros.get("balanced").asBoolean()).as("%s", euros).isTrue();
        assertThat(balanceOf(euros, "CASH")).isEqualByComparingTo(cash);
        assertThat(balanceOf(euros, "IN_TRANSIT")).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(balanceOf(euros, "CUSTOMERS")).isEqualByComparingTo(cash.negate());
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode account : bank.all("accounts")) {
            BigDecimal balance = new BigDecimal(account.get("balance").get("amount").asText());
            assertThat(balance).as("%s", account).isNotNegative();
            sum = sum.add(balance);
        }
        assertThat(sum).isEqualByComparingTo(cash);
    }

    private static BigDecimal balanceOf(JsonNode currency, String account) {
        for (JsonNode line : currency.get("accounts")) {
            if (line.get("account").asText().equals(account)) {
                return new BigDecimal(line.get("balance").get("amount").asText());
            }
        }
        return BigDecimal.ZERO;
    }

    /** What the command has brought into the bank. */
    private static BigDecimal cashOf(Answer answer) {
        JsonNode body = BankClient.json(answer.command().body());
        String path = answer.command().path();
        if (path.equals("/accounts")) {
            return new BigDecimal(body.path("openingDeposit").asText("0"));
        }
        if (path.endsWith("/deposits")) {
            return new BigDecimal(body.get("amount").asText());
        }
        return path.endsWith("/withdrawals") || path.endsWith("/capture")
                ? new BigDecimal(body.get("amount").asText()).negate()
                : BigDecimal.ZERO;
    }

    private void every_transfer_has_one_end() {
        Map<String, List<String>> ends = new HashMap<>();
        for (List<JsonNode> journal : journals.values()) {
            for (JsonNode event : journal) {
                JsonNode transfer = event.get("payload").path("transferId");
                if (transfer.isTextual()) {
                    ends.computeIfAbsent(transfer.asText(), t -> new ArrayList<>())
                            .add(event.get("type").asText());
                }
            }
        }
        Set<String> asked = new HashSet<>();
        for (Answer answer : accepted) {
            if (answer.command().path().endsWith("/transfers")) {
                String id = answer.text("transferId");
                asked.add(id);
                String status = bank.transfer(id).get("status").asText();
                assertThat(ends.get(id))
                        .as("%s is %s", id, status)
                        .containsExactlyInAnyOrderElementsOf(
                                status.equals("COMPLETED")
                                        ? List.of(
                                                "TransferRequested",
                                                "TransferReceived",
                                                "TransferCompleted")
                                        : List.of("TransferRequested", "TransferRefunded"));
            }
        }
        assertThat(ends.keySet()).isEqualTo(asked);
    }

    private void an_address_belongs_to_one_customer_and_companies_count_them() {
        List<JsonNode> customers = bank.all("customers");
        assertThat(customers).extracting(c -> c.get("email").asText()).doesNotHaveDuplicates();
        Map<String, Long> byDomain =
                customers.stream()
                        .map(customer -> customer.get("email").asText())
                        .collect(
                                Collectors.groupingBy(
                                        email -> email.substring(email.indexOf('@') + 1),
                                        Collectors.counting()));
        for (JsonNode company : bank.all("companies")) {
            assertThat(company.get("customerCount").asLong())
                    .as("%s", company)
                    .isEqualTo(byDomain.getOrDefault(company.get("emailDomain").asText(), 0L));
        }
    }

    private void every_customer_has_two_tasks() {
        Map<String, List<String>> names = new HashMap<>();
        for (JsonNode task : bank.all("tasks")) {
            if (task.hasNonNull("customerId")) {
                names.computeIfAbsent(task.get("customerId").asText(), c -> new ArrayList<>())
                        .add(task.get("name").asText());
            }
        }
        List<String> customers =
                bank.all("customers").stream().map(c -> c.get("customerId").asText()).toList();
        assertThat(names.keySet()).containsExactlyInAnyOrderElementsOf(customers);
        assertThat(names.values())
                .allSatisfy(
                        two ->
                                assertThat(two)
                                        .containsExactlyInAnyOrder(
                                                "Verify identity document",
                                                "Review account terms"));
    }

    private void no_comment_is_lost() {
        Map<String, Long> comments =
                accepted.stream()
                        .map(answer -> answer.command().path())
                        .filter(path -> path.endsWith("/comments"))
                        .collect(
                                Collectors.groupingBy(
                                        path -> Path.of(path).getName(1).toString(),
                                        Collectors.counting()));
        comments.forEach(
                (task, count) -> {
                    assertThat(count).isLessThanOrEqualTo(MAX_COMMENTS);
                    assertThat(bank.task(task).get("comments")).hasSize(count.intValue());
                });
    }

    /** A crash may repeat an e-mail, under the Message-ID that it had. */
    private void every_assignment_was_told_once(List<String> messageIds) {
        List<String> recorded = new ArrayList<>();
        int assigned = 0;
        for (List<JsonNode> journal : journals.values()) {
            for (JsonNode event : journal) {
                String type = event.get("type").asText();
                assigned += type.equals("TaskAssigned") ? 1 : 0;
                if (type.equals("AssigneeNotified")) {
                    recorded.add(event.get("payload").get("messageId").asText());
                }
            }
        }
        assertThat(recorded).hasSize(assigned).doesNotHaveDuplicates();
        assertThat(new HashSet<>(messageIds)).isEqualTo(new HashSet<>(recorded));
    }

    private static boolean made(Answer answer, String collection) {
        return answer.command().path().equals(collection);
    }
}
