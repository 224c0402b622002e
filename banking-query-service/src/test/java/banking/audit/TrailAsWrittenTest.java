package banking.audit;

import static banking.Bank.as;
import static banking.Bank.management;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.database.Transactions;
import banking.embedded.BankTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What somebody does to the trail who owns the tables is found, though nobody asks. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class TrailAsWrittenTest {

    @Inject Transactions transactions;
    @Inject MeterRegistry metrics;

    private record Entry(UUID chain, long number) {

        String row() {
            return "chain = '" + chain + "' and number = " + number;
        }

        @Override
        public String toString() {
            return chain + ":" + number;
        }
    }

    /** The second of three that follow on each other. */
    private Entry inTheMiddle() {
        var account = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            as("teller").get("/accounts/{id}", account);
        }
        return Bank.eventually().until(() -> about(account), all -> all.size() == 3).get(1);
    }

    private List<Entry> about(UUID account) throws SQLException {
        var sql = "select chain, number from audit_entry where aggregate = ? order by number";
        return transactions.single(
                s ->
                        s.write(sql, account)
                                .query(
                                        row ->
                                                new Entry(
                                                        row.getObject(1, UUID.class),
                                                        row.getLong(2))));
    }

    private void change(String... statements) throws SQLException {
        transactions.commit(
                s -> {
                    s.write("alter table audit_entry disable trigger audit_entry_is_append_only");
                    for (var sql : statements) {
                        s.write(sql);
                    }
                    s.write("alter table audit_entry enable trigger audit_entry_is_append_only");
                    return s.run();
                });
    }

    private void awaitTold(String what) {
        Bank.eventually()
                .untilAsserted(
                        () -> {
                            transactions.single(
                                    s ->
                                            s.write("update audit_walk set next_at = '-infinity'")
                                                    .run());
                            assertThat(health()).contains(what);
                        });
    }

    private static String health() {
        return JsonPath.from(management("/health/ready").asString())
                .getString("checks.find { it.name == 'invariants' }.data['audit trail']");
    }

    @Test
    void an_entry_that_was_changed_or_taken_out_is_told_until_it_is_as_it_was() throws Exception {
        var entry = inTheMiddle();
        change("update audit_entry set address = address || '1' where " + entry.row());
        awaitTold(entry + ": has not the hash of what it says");
        assertThat(metrics.get("bank.audit.broken").gauge().value()).isPositive();

        change(
                "create table entry_before as select * from audit_entry where " + entry.row(),
                "delete from audit_entry where " + entry.row());
        awaitTold(entry + ": is missing");

        change(
                "update entry_before set address = left(address, -1)",
                "insert into audit_entry select * from entry_before",
                "drop table entry_before");
        awaitTold("well");
        assertThat(metrics.get("bank.audit.broken").gauge().value()).isZero();
    }
}
