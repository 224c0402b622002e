package banking.audit;

import banking.audit.AuditReader.Written;
import banking.audit.Question.Place;
import banking.database.Statements;
import banking.database.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the commands that have led to events, and tells of them as the audit trail does of all
 * else. Of those whose events came back out of the topics nobody knows as what they were given.
 */
@ApplicationScoped
public class CommandReader {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;

    /** What callers are answered whose command adds something that has a name from then on. */
    private static final Set<String> CREATING =
            Set.of(
                    "OpenAccount",
                    "DepositMoney",
                    "WithdrawMoney",
                    "PlaceHold",
                    "RegisterCustomer",
                    "RegisterCompany",
                    "RegisterEmployee",
                    "CreateTask",
                    "AddComment");

    /** So many commands may have been decided at the very moment at which a page ends. */
    private static final int MOST_AT_ONE_MOMENT = 2_000;

    /** A command has the version of its last event. */
    private static final String COMMANDS =
            """
            select e.stream_id, e.version, e.occurred_at, e.actor, e.correlation_id,
                s.type, g.command, g.roles, g.address
            from {events}
            left join stream s on s.stream_id = e.stream_id
            where e.occurred_at >= ? and e.occurred_at < ?{actor}{aggregate}
                and (e.occurred_at, e.stream_id, e.version) > (?, ?, ?)
                and not exists (select 1 from event n where n.stream_id = e.stream_id
                    and n.version = e.version + 1 and n.command_id = e.command_id)
            order by e.occurred_at, e.stream_id, e.version limit ?""";

    private static final String ACT =
            "select g.commands[i.act] command, g.roles[i.act] roles, g.addresses[i.act] address";

    private static final String GIVEN =
            " from given_command g,"
                    + " unnest(g.streams, g.versions, g.acts) as i (stream_id, version, act)";

    private static final String BY_EVENTS =
            "event e left join lateral ("
                    + ACT
                    + GIVEN
                    + """
                     where g.given_at = e.occurred_at
                        and i.stream_id = e.stream_id and i.version = e.version
                    ) g on true""";

    /** Nothing but the transactions' rows has an index by time alone. */
    private static final String BY_TIME =
            "("
                    + ACT
                    + ", i.stream_id, i.version"
                    + GIVEN
                    + """
                     where g.given_at >= ? and g.given_at < ?
                    order by g.given_at limit ?) g
                    join event e on e.stream_id = g.stream_id and e.version = g.version""";

    private final Transactions transactions;

    CommandReader(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What answers the question, oldest first. */
    public List<Written> page(Question question) {
        return read(s -> write(s, question).query(CommandReader::written));
    }

    private static Statements write(Statements statements, Question question) {
        var actor = question.actor();
        var aggregate = question.aggregate();
        var from = question.from().atOffset(ZoneOffset.UTC);
        var to = question.to().atOffset(ZoneOffset.UTC);
        var after = question.after();
        var isByTime = actor == null && aggregate == null;
        statements.write(
                COMMANDS.replace("{events}", isByTime ? BY_TIME : BY_EVENTS)
                        .replace("{actor}", actor == null ? "" : " and e.actor = ?")
                        .replace("{aggregate}", aggregate == null ? "" : " and e.stream_id = ?"));
        if (isByTime) {
            var behind = after.at().atOffset(ZoneOffset.UTC);
            statements
                    .add(behind.isAfter(from) ? behind : from)
                    .add(to)
                    .add(question.limit() + MOST_AT_ONE_MOMENT);
        }
        statements.add(from).add(to);
        if (actor != null) {
            statements.add(actor);
        }
        if (aggregate != null) {
            statements.add(aggregate);
        }
        return statements
                .add(after.at().atOffset(ZoneOffset.UTC))
                .add(after.id())
                .add(after.number())
                .add(question.limit());
    }

    private static Written written(ResultSet row) throws SQLException {
        var stream = row.getObject("stream_id", UUID.class);
        var version = row.getLong("version");
        var at = row.getObject("occurred_at", OffsetDateTime.class).toInstant();
        var entry =
                new AuditEntry(
                        at,
                        row.getString("actor"),
                        text(row.getString("roles")),
                        operation(row.getString("command")),
                        row.getString("type"),
                        stream,
                        status(row.getString("command")),
                        null,
                        row.getString("correlation_id"),
                        text(row.getString("address")),
                        null);
        return new Written(stream + ":" + version, new Place(at, stream, version), entry);
    }

    /** Of the answer where somebody has asked for it, and not the bank itself. */
    static int status(@Nullable String command) {
        return command != null && CREATING.contains(command)
                ? CREATED
                : "RequestTransfer".equals(command) ? ACCEPTED : OK;
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    /** The operation that gives a command has its name. */
    private static String operation(@Nullable String command) {
        return command == null
                ? "unknown"
                : command.substring(0, 1).toLowerCase(Locale.ROOT) + command.substring(1);
    }

    /** Where a command with this last event stands; empty where there is none. */
    public Optional<Place> place(String id) {
        var colon = id.indexOf(':');
        var stream = UUID.fromString(id.substring(0, colon));
        var version = Long.parseLong(id.substring(colon + 1));
        var sql = "select occurred_at from event where stream_id = ? and version = ?";
        return read(
                s ->
                        s.write(sql, stream, version)
                                .find(row -> row.getObject(1, OffsetDateTime.class))
                                .map(at -> new Place(at.toInstant(), stream, version)));
    }

    /**
     * What it is sealed with, by the name of that; empty where nobody knows as what it was given.
     */
    public Optional<String> given(String id) {
        var colon = id.indexOf(':');
        var sql =
                """
                select g.* from event e join given_command g on g.given_at = e.occurred_at
                where e.stream_id = ? and e.version = ? and exists (
                    select from unnest(g.streams, g.versions) as i (stream_id, version)
                    where i.stream_id = e.stream_id and i.version = e.version)""";
        return read(
                s ->
                        s.write(
                                        sql,
                                        UUID.fromString(id.substring(0, colon)),
                                        Long.parseLong(id.substring(colon + 1)))
                                .find(row -> GivenRow.read(row).name()));
    }

    private <T> T read(Transactions.Work<T> query) {
        try {
            return transactions.single(query);
        } catch (SQLException e) {
            throw new IllegalStateException("the journal cannot be read", e);
        }
    }
}
