package banking.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether the release before still runs on what a migration makes, and goes on while it is made:
 * new things may come, and nothing goes, is renamed or becomes narrower. What nobody needs any more
 * goes by a migration that calls itself a contraction, two releases later.
 */
final class Expansion {

    private static final Pattern NOT_SQL =
            Pattern.compile(
                    "--[^\n]*|/\\*.*?\\*/|\\$(\\w*)\\$.*?\\$\\1\\$|'(?:[^']|'')*'", Pattern.DOTALL);

    private static final Pattern NEW_TABLE =
            Pattern.compile("create (?:unlogged )?table (?:if not exists )?(?<table>[\\w.\"]+).*");

    private static final Pattern ON_TABLE =
            Pattern.compile(
                    "(?:create (?:unique )?index.*? on (?:only )?"
                            + "|create (?:or replace )?(?:constraint )?trigger .*? on "
                            + "|alter table (?:if exists )?(?:only )?)(?<table>[\\w.\"]+).*");

    private static final Pattern OUTER_COMMA = Pattern.compile(", ?(?![^(]*\\))");

    /** What makes it impossible, and why; on tables that were there before, where it says so. */
    private enum Offence {
        GOES("(drop|truncate|delete from|revoke)\\b.*", false, "the release before needs it"),
        CHANGES(
                "alter .*\\b(rename|set schema)\\b.*",
                false,
                "the release before knows it by its name"),
        LOSES("alter table .*\\bdrop\\b.*", true, "the release before writes or reads what goes"),
        NARROWS(
                "alter table .*\\balter (column )?\\S+ (set data type|type|set not null)\\b.*",
                true,
                "the release before writes and reads it as it was"),
        DEMANDS(
                "alter table (?!.*\\bdefault\\b).*\\badd .*\\bnot null\\b.*",
                true,
                "the release before writes rows without it"),
        CONSTRAINS(
                "alter table .*\\badd (constraint|check|unique|primary key|foreign key|exclude)\\b.*",
                true,
                "the release before may write what it refuses"),
        REWRITES(
                "alter table .*\\b(default (random|gen_random_uuid|clock_timestamp|nextval|uuidv7)"
                        + "|as identity|bigserial|serial|stored)\\b.*",
                true,
                "every row is written anew while nobody may write"),
        MAKES_UNIQUE("create unique index.*", true, "the release before may write what it refuses"),
        BLOCKS("create index (?!concurrently).*", true, "nobody may write until it is made"),
        REACTS(
                "create (or replace )?(constraint )?trigger.*",
                true,
                "the release before does not know what it does");

        private final Pattern pattern;
        private final boolean isOnlyOfOldTables;
        private final String reason;

        Offence(String pattern, boolean isOnlyOfOldTables, String reason) {
            this.pattern = Pattern.compile(pattern);
            this.isOnlyOfOldTables = isOnlyOfOldTables;
            this.reason = reason;
        }
    }

    private Expansion() {}

    /**
     * @param name of the script's file
     * @return what is not to be in it, and why
     */
    static List<String> offences(String name, String script) {
        List<String> offences = new ArrayList<>();
        if (name.contains("__contract_")) {
            return offences;
        }
        Set<String> made = new HashSet<>();
        for (String statement : statements(script)) {
            var table = NEW_TABLE.matcher(statement);
            if (table.matches()) {
                made.add(table.group("table"));
            }
            offence(statement, made)
                    .ifPresent(
                            found -> offences.add(name + ": " + statement + ": " + found.reason));
        }
        return offences;
    }

    private static List<String> statements(String script) {
        String bare = NOT_SQL.matcher(script).replaceAll(" '' ");
        List<String> statements = new ArrayList<>();
        for (String statement : bare.split(";", -1)) {
            String line =
                    statement
                            .replaceAll("\\s+", " ")
                            .replace("'' ", "")
                            .strip()
                            .toLowerCase(Locale.ROOT);
            if (line.startsWith("alter table ")) {
                statements.addAll(actions(line));
            } else if (!line.isEmpty()) {
                statements.add(line);
            }
        }
        return statements;
    }

    /** Each of the changes to a table, as a statement of its own. */
    private static List<String> actions(String statement) {
        List<String> actions = new ArrayList<>();
        for (String action : OUTER_COMMA.split(statement, -1)) {
            var table = ON_TABLE.matcher(statement);
            boolean isFirst = actions.isEmpty() || !table.matches();
            actions.add(isFirst ? action : "alter table " + table.group("table") + " " + action);
        }
        return actions;
    }

    private static Optional<Offence> offence(String statement, Set<String> made) {
        var table = ON_TABLE.matcher(statement);
        boolean isOfNewTable = table.matches() && made.contains(table.group("table"));
        for (Offence offence : Offence.values()) {
            if (offence.pattern.matcher(statement).matches()
                    && !(offence.isOnlyOfOldTables && isOfNewTable)) {
                return Optional.of(offence);
            }
        }
        return Optional.empty();
    }
}
