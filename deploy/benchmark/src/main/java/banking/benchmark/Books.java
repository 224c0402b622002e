package banking.benchmark;

import banking.embedded.Addresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Looks into both databases whether versions, events, balances and accepted answers agree. */
final class Books {

    private static final String JOURNAL =
            """
            with entries as (
                select stream_id, count(*) events, min(version) first, max(version) last,
                    sum(case when type in ('MoneyWithdrawn', 'TransferRequested') then -1 else 1 end
                        * coalesce((payload::json #>> '{amount,minorUnits}')::bigint, 0)) paid_in
                from event group by stream_id)
            select coalesce(sum(events), 0),
                count(*) filter (where s.stream_id is null or e.stream_id is null
                    or first <> 1 or last <> s.version or events <> s.version),
                count(*) filter (where
                    (s.state::json #>> '{funds,balance,minorUnits}')::bigint is distinct from paid_in)
            from entries e full join stream s using (stream_id)
            """;

    private static final String TRANSFERS =
            """
            select count(*), count(*) filter (where e.occurred_at <= ?),
                coalesce(percentile_disc(0.5) within group
                    (order by extract(epoch from e.occurred_at - r.occurred_at)), 0) * 1000,
                coalesce(percentile_disc(0.99) within group
                    (order by extract(epoch from e.occurred_at - r.occurred_at)), 0) * 1000
            from event r join event e using (correlation_id)
            where r.type = 'TransferRequested' and r.occurred_at >= ?
                and e.type in ('TransferCompleted', 'TransferRefunded')
            """;

    private static final String STREAMS =
            """
            select count(*) || ' accounts, hash ' || sum(hashtextextended(stream_id || ' ' || version
                || ' ' || (state::json #>> '{funds,balance,minorUnits}'), 0)::numeric) from stream
            """;

    private static final String VIEWS =
            """
            select count(*) || ' accounts, hash ' || sum(hashtextextended(id || ' ' || version
                || ' ' || balance_minor, 0)::numeric) from account_view
            """;

    private static final String ENTRIES =
            "select count(*) from event where type not in ('AccountOpened', 'TransferCompleted')";
    private static final String LINES = "select count(*) from statement_line";

    private final String commandUrl;
    private final String queryUrl;
    private final String superuserUrl;

    /** What the journal held when it was last looked at. */
    private long events;

    Books(Addresses addresses) {
        commandUrl = addresses.jdbcUrl("command") + "?user=command&password=command";
        queryUrl = addresses.jdbcUrl("query") + "?user=query&password=query";
        superuserUrl = addresses.superuserUrl();
    }

    String setting(String name) throws SQLException {
        return one(superuserUrl, "show " + name);
    }

    /** Writes the ids of so many accounts into a file, one per line. */
    Path accounts(int count, Path file) throws SQLException, IOException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(commandUrl);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select stream_id from stream limit " + count)) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        if (ids.size() < count) {
            throw new IllegalStateException("Only " + ids.size() + " accounts were opened");
        }
        return Files.write(file, ids);
    }

    /**
     * Compares the journal with the accepted answers since the last look; nothing may be under way.
     *
     * @param unheard how many commands may have been committed whose answers nobody waited for: wrk
     *     hangs up at its end, and then each connection may have one under way
     * @return what does not agree
     */
    List<String> check(long accepted, int unheard) throws SQLException {
        List<String> wrong = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(commandUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(JOURNAL)) {
            row.next();
            long recorded = row.getLong(1) - events;
            events = row.getLong(1);
            if (recorded < accepted || recorded > accepted + unheard) {
                wrong.add(
                        String.format(
                                Locale.ROOT,
                                "%d answers were accepted, but %d events recorded (%d may be unheard)",
                                accepted,
                                recorded,
                                unheard));
            }
            if (row.getLong(2) > 0) {
                wrong.add(row.getLong(2) + " accounts whose versions are not 1 to n");
            }
            if (row.getLong(3) > 0) {
                wrong.add(row.getLong(3) + " accounts whose balance is not the sum of its entries");
            }
        }
        return wrong;
    }

    /**
     * What has become of the transfers of a run.
     *
     * @param inTime how many of them had come to their end by the end of the run
     * @param p50Millis from what accepted it to what completed it
     */
    record Transferred(long ended, long inTime, double p50Millis, double p99Millis) {}

    Transferred transferred(Instant begin, Instant end) throws SQLException {
        try (Connection connection = DriverManager.getConnection(commandUrl);
                PreparedStatement statement = connection.prepareStatement(TRANSFERS)) {
            statement.setObject(1, end.atOffset(ZoneOffset.UTC));
            statement.setObject(2, begin.atOffset(ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Transferred(
                        row.getLong(1), row.getLong(2), row.getDouble(3), row.getDouble(4));
            }
        }
    }

    /** Compares the drained views with the journal. */
    List<String> checkViews() throws SQLException {
        List<String> wrong = new ArrayList<>();
        String streams = one(commandUrl, STREAMS);
        String views = one(queryUrl, VIEWS);
        if (!streams.equals(views)) {
            wrong.add("The journal has " + streams + ", but the view " + views);
        }
        String entries = one(commandUrl, ENTRIES);
        String lines = one(queryUrl, LINES);
        if (!entries.equals(lines)) {
            wrong.add(entries + " entries, but " + lines + " statement lines");
        }
        return wrong;
    }

    private static String one(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            @Nullable String value = row.getString(1);
            return value == null ? "nothing" : value;
        }
    }
}
