package banking.seal;

import static banking.Bank.as;
import static banking.seal.Findings.awaitFound;
import static banking.seal.Findings.awaitUnsealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Published;
import banking.database.Transactions;
import banking.health.Standstills;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is on record of who asked for what is proved, and missed, as the journal is. */
@CommandServiceTest
class TrailTest {

    @AfterAll
    static void forget() throws Exception {
        Published.forget();
    }

    @Inject Transactions transactions;
    @Inject @All List<Walk> walks;
    @Inject Standstills standstills;

    private static final List<Entry> ENTRIES = new ArrayList<>();

    private static Instant begun = Instant.EPOCH;
    private static @Nullable Entry given;

    @BeforeAll
    static void begin() {
        begun = Instant.now();
    }

    /** So that there is room for those of this test. */
    @BeforeEach
    void forgetWhatOthersHaveAskedFor() {
        Bank.sql("delete from verification where until is not null");
    }

    /** Rows of the trail that somebody changes who owns the tables; at the end, as they were. */
    private record Tampered(String table, String rows) implements AutoCloseable {

        static Tampered with(String table, String rows, String change) {
            Bank.sql(
                    "drop table if exists trail_before",
                    "create table trail_before as select * from " + table + " where " + rows);
            var tampered = new Tampered(table, rows);
            tampered.as(change);
            return tampered;
        }

        private void as(String change) {
            Bank.sql(
                    "alter table {table} disable trigger {table}_is_append_only"
                            .replace("{table}", table),
                    change.replace("{table}", table).replace("{rows}", rows),
                    "alter table {table} enable trigger {table}_is_append_only"
                            .replace("{table}", table));
        }

        @Override
        public void close() {
            as("delete from {table} where {rows}");
            Bank.sql("insert into " + table + " select * from trail_before");
        }
    }

    private record Entry(UUID chain, long number) {
        @Override
        public String toString() {
            return chain + ":" + number;
        }

        String row() {
            return "chain = '" + chain + "' and number = " + number;
        }
    }

    /** What an auditor has read three times, which is sealed; the same for all tests. */
    private List<Entry> sealedEntries() {
        if (ENTRIES.isEmpty()) {
            ENTRIES.addAll(read(3));
            ENTRIES.forEach(entry -> Bank.awaitSealed(entry.toString()));
        }
        return ENTRIES;
    }

    private List<Entry> read(int times) {
        var account = UUID.randomUUID();
        for (int i = 0; i < times; i++) {
            as("auditor").get("/streams/account/{id}/state", account);
        }
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(
                        () ->
                                Bank.count("audit_entry where aggregate = '" + account + "'")
                                        == times);
        return query(
                "select chain, number from audit_entry where aggregate = ? order by number",
                account);
    }

    private List<Entry> query(String sql, UUID about) {
        try {
            return transactions.single(
                    s ->
                            s.write(sql, about)
                                    .query(
                                            row ->
                                                    new Entry(
                                                            row.getObject(1, UUID.class),
                                                            row.getLong(2))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The transaction of a command, as its batch and the time that it is found by. */
    private Entry sealedCommand() {
        var known = given;
        if (known == null) {
            known = sealedCommand(Bank.open("1.00"));
            given = known;
        }
        return known;
    }

    private Entry sealedCommand(String account) {
        var sql =
                """
                select batch, (extract(epoch from given_at) * 1000000)::bigint
                from given_command where ? = any (streams)""";
        var found = query(sql, UUID.fromString(account)).getFirst();
        Bank.awaitSealed(name(found));
        return found;
    }

    private static String name(Entry given) {
        return given.number + "/" + given.chain;
    }

    private static void awaitWalked(String walk, String from, String place, String why) {
        awaitFound(
                walk,
                walk + " " + place,
                why,
                () ->
                        Bank.sql(
                                "update verification set position = '%s', leased_until = '-infinity' where walk = '%s'"
                                        .formatted(from, walk)));
    }

    /** Walks from the entry before it. */
    private static void awaitBroken(Entry entry, String why) {
        awaitWalked(
                "audit",
                new Entry(entry.chain, entry.number - 1).toString(),
                entry.toString(),
                why);
    }

    private static void awaitBrokenCommand(Entry given, String why) {
        awaitWalked("commands", given.number - 1 + "/" + given.chain, name(given), why);
    }

    @Test
    void an_entry_and_what_a_command_was_given_as_are_proved_by_a_path_to_a_signed_root() {
        var entry = sealedEntries().getFirst();
        var proof = as("auditor").get("/audit/proofs/{entry}", entry.toString());
        proof.then()
                .statusCode(200)
                .body("name", equalTo(entry.toString()))
                .body("content", containsString("7:auditor,"));
        SealsTest.requireLeadsToItsRoot(proof);

        var account = Bank.open("10.00");
        sealedCommand(account);
        var ofCommand = as("auditor").get("/audit/proofs/{entry}", account + ":2");
        ofCommand
                .then()
                .statusCode(200)
                .body("content", containsString(account + ",1:2,11:OpenAccount,6:teller,"));
        SealsTest.requireLeadsToItsRoot(ofCommand);
        as("auditor").get("/audit/proofs/{entry}", account + ":1").then().statusCode(404);
    }

    @Test
    void an_entry_that_was_changed_is_found_by_both_walks() {
        var entry = sealedEntries().get(1);
        try (var _ =
                Tampered.with(
                        "audit_entry",
                        entry.row(),
                        "update {table} set address = '192.0.2.1' where {rows}")) {
            awaitBroken(entry, "has not the hash of what it says");
            awaitUnsealed(begun, "audit " + entry, "is not as seal");
        }
    }

    @Test
    void an_entry_that_was_taken_out_of_the_middle_is_found_by_both_walks() {
        var entry = sealedEntries().get(1);
        try (var _ =
                Tampered.with("audit_entry", entry.row(), "delete from {table} where {rows}")) {
            awaitBroken(entry, "is missing");
            awaitUnsealed(begun, "audit " + entry, "is gone");
        }
    }

    /** Nothing in the chain tells of it. */
    @Test
    void the_end_of_the_trail_that_was_cut_off_is_found_by_the_seals() {
        var entry = sealedEntries().get(2);
        var end = Bank.count("audit_entry where chain = '" + entry.chain + "'");
        var tail =
                "chain = '%s' and number between %d and %d"
                        .formatted(entry.chain, entry.number, end);
        try (var _ = Tampered.with("audit_entry", tail, "delete from {table} where {rows}")) {
            awaitUnsealed(begun, "audit " + entry, "is gone");
        }
    }

    @Test
    void what_a_command_was_given_as_that_was_changed_is_found_by_both_walks() {
        var given = sealedCommand();
        try (var _ =
                Tampered.with(
                        "given_command",
                        "batch = '" + given.chain + "'",
                        "update {table} set roles = array_replace(roles, 'teller', 'auditor') where {rows}")) {
            awaitBrokenCommand(given, "has not the hash of what it says");
            awaitUnsealed(begun, "commands " + name(given), "is not as seal");
        }
    }

    @Test
    void what_a_command_was_given_as_that_was_taken_out_is_found_by_the_seals() {
        var given = sealedCommand();
        try (var _ =
                Tampered.with(
                        "given_command",
                        "batch = '" + given.chain + "'",
                        "delete from {table} where {rows}")) {
            awaitUnsealed(begun, "commands " + name(given), "is gone");
        }
    }

    /** Whoever has it open may yet add something that comes before. */
    @Test
    void a_transaction_that_does_not_end_holds_up_the_trail_and_nothing_else() throws Exception {
        Entry entry;
        try (var open = Bank.database();
                var statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");
            entry = read(1).getFirst();
            Awaitility.await()
                    .atMost(Bank.PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(standstills.failure("seals of audit"))
                                            .contains("does not end"));
            Bank.awaitSealed(Bank.open("1.00") + ":1");
            open.rollback();
        }
        Bank.awaitSealed(entry.toString());
        assertThat(standstills.failure("seals of audit")).isNull();
    }

    /** From the first of this class on: all that other tests have done would take minutes. */
    @Test
    void nothing_is_found_in_a_trail_that_is_as_it_was_written() throws Exception {
        var entry = sealedEntries().getFirst();
        sealedCommand();
        var command = ChronoUnit.MICROS.between(Instant.EPOCH, begun) + "/" + new UUID(0, 0);

        assertThat(found("audit", entry.toString())).isEmpty();
        assertThat(found("commands", command)).isEmpty();
    }

    /** What a walk finds from a position on, which looks at something at least. */
    private Map<String, String> found(String name, String position) throws Exception {
        var walk = walks.stream().filter(w -> w.name().equals(name)).findFirst().orElseThrow();
        var found = new HashMap<String, String>();
        var checked = 0L;
        @Nullable String at = position;
        while (at != null) {
            var turn = walk.goOn(at, null, 500);
            found.putAll(turn.found());
            checked += turn.checked();
            at = turn.position();
        }
        assertThat(checked).isPositive();
        return found;
    }
}
