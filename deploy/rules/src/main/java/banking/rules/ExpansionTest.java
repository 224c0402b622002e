package banking.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pods of two releases share the tables while one follows the other, and the older one may come
 * back; a test of each service inherits it.
 */
public abstract class ExpansionTest {

    private static final Path SCRIPTS = Path.of("src/main/resources/db/migration");

    @Test
    void every_migration_leaves_the_release_before_what_it_needs() throws IOException {
        List<String> offences = new ArrayList<>();
        int seen = 0;
        try (var scripts = Files.newDirectoryStream(SCRIPTS, "V*.sql")) {
            for (Path script : scripts) {
                String name = script.getFileName().toString();
                offences.addAll(Expansion.offences(name, Files.readString(script)));
                seen++;
            }
        }
        assertFalse(seen == 0, "no migration was found");
        assertEquals(List.of(), offences);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table outbox",
                "drop index event_by_actor",
                "truncate currency",
                "delete from claim where kind = 'x;y'",
                "revoke insert on event from bank_command",
                "alter table event rename column actor to caller",
                "alter index event_by_story rename to event_by_correlation",
                "alter table event set schema old",
                "alter table event drop column traceparent",
                "alter table event alter column actor drop default",
                "alter table stream alter column version type numeric",
                "alter table stream alter column state set not null",
                "alter table event add tenant text not null",
                "alter table event\n  add column if not exists -- a default\n  tenant text not null",
                "alter table event add a text not null, add b text default ''",
                "alter table event add b text default '', add column a text not null",
                "alter table event add constraint is_known check (actor <> '')",
                "alter table event add check (actor <> '')",
                "alter table event add column id uuid default gen_random_uuid()",
                "alter table event add column place bigint generated always as identity",
                "create unique index concurrently one_name on employee_view (name)",
                "create index event_by_type on event (type)",
                "create trigger look before insert on event execute function look()",
                "create table own (id int); create index own_id on own (id); drop table outbox"
            })
    void what_takes_something_from_the_release_before_is_found(String script) {
        assertEquals(1, Expansion.offences("V2__planted.sql", script + ";").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table own (id int not null unique, name text not null)",
                "create table own (id int); create unique index on own (id)",
                "alter table event add column tenant text",
                "alter table event add column tenant text not null default 'none'",
                "alter table event add tenant text default 'none' not null, add other text",
                "create index concurrently event_by_type on event (type)",
                "update stream set state = null",
                "insert into currency values ('XXX', 2)",
                "-- drop table outbox\ncreate view v as select 'drop table outbox'",
                "create function f() returns void language plpgsql as $$ begin drop table x; end $$"
            })
    void what_only_adds_is_let_be(String script) {
        assertEquals(List.of(), Expansion.offences("V2__planted.sql", script + ";"));
    }

    @Test
    void what_says_that_it_contracts_may() {
        assertEquals(
                List.of(), Expansion.offences("V9__contract_outbox.sql", "drop table outbox;"));
    }
}
