package banking.audit;

import static java.util.stream.Collectors.joining;

import banking.audit.ChainsWalk.Page;
import banking.audit.ChainsWalk.Place;
import banking.database.Statements;
import banking.events.codec.ChainKeys;
import banking.health.Figure;
import banking.health.Invariant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Every process's entries are as it wrote them, and none is missing between them. Each look goes on
 * where the last has ended, whichever process took it, until all chains were gone along.
 */
@ApplicationScoped
class TrailAsWritten implements Invariant {

    static final String BROKEN = "bank.audit.broken";

    private static final int MOST_ENTRIES = 1000;
    private static final int MOST_PLACES = 100;
    private static final Duration REST = Duration.ofMinutes(1);

    private final ChainsWalk chains;
    private final Duration every;

    TrailAsWritten(
            ChainKeys keys,
            @ConfigProperty(name = "bank.audit.kept-for") Optional<Duration> kept,
            @ConfigProperty(name = "bank.audit.walk-every") Duration every) {
        chains = new ChainsWalk(keys, kept);
        this.every = every;
    }

    @Override
    public String name() {
        return "audit trail";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public Map<String, String> metrics() {
        return Map.of(BROKEN, "Entries that are missing, or not as they were written");
    }

    /** In this round, and in the last whole one. */
    private record Known(Map<String, String> now, Map<String, String> last) {

        Findings findings() {
            var all = new TreeMap<>(last);
            all.putAll(now);
            return new Findings(Map.of(Figure.of(BROKEN), (long) all.size()), all);
        }
    }

    @Override
    public Findings check(Statements statements, @Nullable Instant readThrough)
            throws SQLException {
        var from = turn(statements);
        if (from.isPresent()) {
            went(statements, chains.page(statements, from.get(), MOST_ENTRIES));
        }
        return known(statements).findings();
    }

    /** Where it goes on; empty while another process does, or it rests. */
    private static Optional<Place> turn(Statements statements) throws SQLException {
        var sql =
                """
                select position from audit_walk where next_at < now()
                for update skip locked""";
        return statements.write(sql).find(row -> Place.parse(row.getString(1)));
    }

    private static Known known(Statements statements) throws SQLException {
        return statements
                .write("select broken, broken_last from audit_walk")
                .find(row -> new Known(places(row.getString(1)), places(row.getString(2))))
                .orElseThrow();
    }

    private static void went(Statements statements, Page page) throws SQLException {
        var now = new LinkedHashMap<>(known(statements).now);
        page.broken().forEach((place, why) -> put(now, place, why));
        var next = page.next();
        if (next != null) {
            statements.write(
                    "update audit_walk set position = ?, broken = ?", next.toString(), text(now));
        } else {
            statements.write(
                    """
                    update audit_walk set position = ?, broken = '', broken_last = ?,
                        ended_at = now(), next_at = now() + make_interval(secs => ?)""",
                    Place.START.toString(),
                    text(now),
                    (double) REST.toSeconds());
        }
    }

    private static void put(Map<String, String> places, String place, String why) {
        if (places.size() < MOST_PLACES) {
            places.put(place, why);
        }
    }

    private static String text(Map<String, String> places) {
        return places.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(joining("\n"));
    }

    private static Map<String, String> places(String text) {
        var places = new LinkedHashMap<String, String>();
        text.lines()
                .map(line -> line.split(" ", 2))
                .forEach(words -> places.put(words[0], words[1]));
        return places;
    }
}
