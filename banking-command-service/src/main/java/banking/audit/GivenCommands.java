package banking.audit;

import banking.database.Statements;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.Sha256;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/**
 * As what, and from where, the commands of a transaction were given: what the journal does not say
 * of them. It is written with their events, so that none is without it, and in one row for all of
 * them, so that it costs a command next to nothing.
 */
public final class GivenCommands {

    /** What commands have in common that come alike from the same place. */
    public record Act(String command, String roles, String address) {}

    /**
     * @param version of the last event that the command has led to
     */
    public record Given(StreamId stream, long version, Act act) {}

    private GivenCommands() {}

    /**
     * @param at when all of their events occurred
     */
    public static void add(
            Statements statements, ChainKeys keys, UUID batch, Instant at, List<Given> commands)
            throws SQLException {
        if (commands.isEmpty()) {
            return;
        }
        var numbers = new LinkedHashMap<Act, Integer>();
        for (var given : commands) {
            numbers.putIfAbsent(given.act, numbers.size() + 1);
        }
        var acts = List.copyOf(numbers.keySet());
        statements
                .write(
                        """
                        insert into given_command (batch, given_at, streams, versions, acts,
                            commands, roles, addresses, hash)
                        values (?, timestamptz 'epoch' + ? * interval '1 microsecond', ?, ?, ?, ?,
                            ?, ?, ?)""",
                        batch,
                        ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .add("uuid", commands, given -> given.stream.value())
                .addLongs(commands, Given::version)
                .add("int4", commands, given -> numbers.get(given.act))
                .add("text", acts, Act::command)
                .add("text", acts, Act::roles)
                .add("text", acts, Act::address)
                .add(
                        keys.link(Sha256.NONE, GivenRow.content(batch, at, commands).digest())
                                .toBytes());
    }
}
