package banking.audit;

import banking.audit.GivenCommands.Act;
import banking.audit.GivenCommands.Given;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.Netstrings;
import banking.events.codec.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A row of the table {@code given_command}, to which rows are only added.
 *
 * @param commands none where the row's arrays do not fit each other
 */
record GivenRow(UUID batch, Instant at, List<Given> commands, Sha256 hash) {

    static final String COLUMNS =
            "batch, given_at, streams, versions, acts, commands, roles, addresses, hash";

    static GivenRow read(ResultSet row) throws SQLException {
        return new GivenRow(
                row.getObject("batch", UUID.class),
                row.getObject("given_at", OffsetDateTime.class).toInstant(),
                commands(row),
                Sha256.ofBytes(row.getBytes("hash")));
    }

    private static List<Given> commands(ResultSet row) throws SQLException {
        var streams = GivenRow.<UUID>array(row, "streams");
        var versions = GivenRow.<Long>array(row, "versions");
        var acts = GivenRow.<Integer>array(row, "acts");
        if (streams.size() != versions.size() || streams.size() != acts.size()) {
            return List.of();
        }
        var commands = GivenRow.<String>array(row, "commands");
        var roles = GivenRow.<String>array(row, "roles");
        var addresses = GivenRow.<String>array(row, "addresses");
        var most = Math.min(commands.size(), Math.min(roles.size(), addresses.size()));
        var given = new ArrayList<Given>();
        for (int i = 0; i < streams.size(); i++) {
            var act = acts.get(i) - 1;
            if (act < 0 || act >= most) {
                return List.of();
            }
            given.add(
                    new Given(
                            new StreamId(streams.get(i)),
                            versions.get(i),
                            new Act(commands.get(act), roles.get(act), addresses.get(act))));
        }
        return given;
    }

    /** One with a gap is none that was written here, and is taken for empty. */
    @SuppressWarnings("unchecked")
    private static <T> List<T> array(ResultSet row, String column) throws SQLException {
        var values = Arrays.asList((T[]) row.getArray(column).getArray());
        return values.contains(null) ? List.of() : values;
    }

    /** What it is called: when its commands were given, so that it is found, and their batch. */
    String name() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "/" + batch;
    }

    /** Over all of the row, so that it shows where it was changed; events without one show too. */
    Netstrings content() {
        return content(batch, at, commands);
    }

    static Netstrings content(UUID batch, Instant at, List<Given> commands) {
        var all =
                Netstrings.of("given").add(batch).add(ChronoUnit.MICROS.between(Instant.EPOCH, at));
        for (var given : commands) {
            all.add(given.stream().value())
                    .add(given.version())
                    .add(given.act().command())
                    .add(given.act().roles())
                    .add(given.act().address());
        }
        return all;
    }

    boolean isAsWritten(ChainKeys keys) {
        return keys.isLink(hash, Sha256.NONE, content().digest());
    }
}
