package banking.audit;

import banking.audit.AuditChain.Link;
import banking.database.Statements;
import banking.events.codec.ChainKeys;
import banking.events.codec.Sha256;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Goes along the chains of all processes, one after the other, in any number of turns. */
final class ChainsWalk {

    private static final String LINKS =
            """
            select {columns} from audit_entry where (chain, number) {is} (?, ?)
            order by chain, number limit ?"""
                    .replace("{columns}", AuditRows.COLUMNS);

    private final ChainKeys keys;
    private final Optional<Duration> kept;
    private final Clock clock = Clock.systemUTC();

    /**
     * @param kept for how long entries are; for ever where nobody says it
     */
    ChainsWalk(ChainKeys keys, Optional<Duration> kept) {
        this.keys = keys;
        this.kept = kept;
    }

    /** An entry that was looked at. */
    record Place(UUID chain, long number) {

        static final Place START = new Place(new UUID(0, 0), 0);

        static Place parse(String text) {
            var words = text.split(":", 2);
            return new Place(UUID.fromString(words[0]), Long.parseLong(words[1]));
        }

        @Override
        public String toString() {
            return chain + ":" + number;
        }
    }

    /**
     * @param broken entries that are missing, or not as they were written
     * @param next the last that was looked at; null where there is no more
     */
    record Page(Map<String, String> broken, @Nullable Place next, int checked) {}

    /** The entries that come next. */
    Page page(Statements statements, Place from, int limit) throws SQLException {
        var broken = new LinkedHashMap<String, String>();
        var before = links(statements, "=", from, 1).stream().findFirst();
        var links = links(statements, ">", from, limit);
        for (var link : links) {
            check(before.filter(b -> b.chain().equals(link.chain())), link, broken);
            before = Optional.of(link);
        }
        var isLast = links.size() < limit;
        var next = isLast ? null : new Place(links.getLast().chain(), links.getLast().number());
        return new Page(broken, next, links.size());
    }

    private void check(Optional<Link> before, Link link, Map<String, String> broken) {
        var expected = before.map(Link::number).orElse(0L) + 1;
        if (link.number() != expected) {
            if (!isKept(before.map(b -> b.entry().at()).orElse(begin(link.chain())))) {
                return;
            }
            var last = link.number() - 1;
            broken.put(
                    link.chain() + ":" + expected,
                    "is missing" + (last > expected ? ", and all up to " + last : ""));
        } else if (!link.follows(before.map(Link::hash).orElse(Sha256.NONE), keys)) {
            broken.put(link.id(), "has not the hash of what it says");
        }
    }

    private boolean isKept(Instant at) {
        return kept.isEmpty() || at.isAfter(clock.instant().minus(kept.get()));
    }

    /** An id of a chain begins with when that was (RFC 9562, version 7). */
    private static Instant begin(UUID chain) {
        return Instant.ofEpochMilli(chain.getMostSignificantBits() >>> Short.SIZE);
    }

    private static List<Link> links(Statements statements, String is, Place place, int limit)
            throws SQLException {
        return statements
                .write(LINKS.replace("{is}", is), place.chain, place.number, limit)
                .query(AuditRows::read);
    }
}
