package banking.e2e;

import static banking.e2e.BankClient.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The command database is put back to an earlier moment, while the topics, the views and the
 * policies' places are those of a later one.
 */
final class PutBack {

    private static final int SOME = 30;

    private final RunningBank bank;
    private final List<Answer> answers = new ArrayList<>();

    PutBack(RunningBank bank) {
        this.bank = bank;
    }

    void run() throws Exception {
        String domain = UUID.randomUUID() + ".example";
        answers.addAll(bank.opened(2));
        String account = answers.getFirst().account();
        String payer = bank.client().accepted(Command.open("Payer")).account();
        bank.client().accepted(Command.deposit(payer, "100.00"));
        String ann = register("ann@" + domain).text("customerId");
        whileNobodyIsConnected("create database before template command owner command");

        for (int i = 0; i < SOME; i++) {
            answers.add(bank.client().accepted(Command.deposit(account, "1.00")));
        }
        // One that began after that moment, and what is claimed for a time and for good.
        answers.addAll(bank.opened(1));
        Command transfer =
                Command.post(
                        "/accounts/" + payer + "/transfers",
                        """
                        {"to":"%s","amount":"40.00","currency":"EUR"}"""
                                .formatted(bank.opened(1).getFirst().account()));
        Answer transferred = bank.client().accepted(transfer);
        bank.client().accepted(moved(ann, "anna@" + domain));
        String bob = register("ann@" + domain).text("customerId");
        bank.client().awaitQuiet();
        var views = bank.client().everythingOnTheQuerySide();

        whileNobodyIsConnected(
                "drop database command",
                "alter database before rename to command",
                "revoke all on database command from public",
                "grant connect on database command to bank_command");

        nothing_is_done(account);
        recover();
        assertThat(bank.client().give(transfer)).isEqualTo(transferred);
        bank.check(answers);
        assertThat(bank.client().everythingOnTheQuerySide()).isEqualTo(views);
        assertThat(bank.client().give(moved(ann, "ann@" + domain)).refusedFor("email-taken"))
                .isTrue();
        bank.client().accepted(moved(bob, "bob@" + domain));
        assertThat(bank.client().replayed("customer", bob).get("intact").asBoolean()).isTrue();
    }

    private Answer register(String email) throws IOException {
        return bank.client()
                .accepted(
                        Command.post(
                                "/customers",
                                "{\"name\":\"Somebody\",\"email\":\"%s\"}".formatted(email)));
    }

    private static Command moved(String customer, String email) {
        return Command.of(
                "PUT", "/customers/" + customer + "/email", "{\"email\":\"" + email + "\"}");
    }

    private void whileNobodyIsConnected(String... statements) throws SQLException, IOException {
        bank.command().close();
        try (Connection server = bank.superuser()) {
            for (String statement : statements) {
                RunningBank.execute(server, statement);
            }
        }
        bank.command().start();
        bank.command().awaitReady();
    }

    private void nothing_is_done(String account) throws IOException, InterruptedException {
        Answer refused = bank.client().give(Command.deposit(account, "1.00"));
        assertThat(refused.unavailable()).isTrue();
        assertThat(refused.text("code")).isEqualTo("journal-behind");
        assertThat(told("/q/metrics")).contains("bank_journal_behind 1.0");
        assertThat(told("/q/health/ready")).contains("\"journal\": \"the database was put back");
        JsonNode lost = bank.client().lost();
        assertThat(lost.get("behind").asBoolean()).isTrue();
        assertThat(lost.get("count").asLong()).isGreaterThan(SOME);
        assertThat(lost.get("complete").asBoolean()).isTrue();
    }

    private String told(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(bank.command().management().resolve(path)).build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    private void recover() {
        eventually()
                .until(
                        () -> {
                            JsonNode progress = bank.client().operate("/streams/recovery", "{}");
                            assertThat(progress.get("unfit")).isEmpty();
                            return progress.get("done").asBoolean();
                        });
        assertThat(bank.client().lost().get("behind").asBoolean()).isFalse();
    }
}
