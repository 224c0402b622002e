package banking.audit;

import banking.audit.AuditChain.Link;
import banking.audit.Question.Place;
import banking.database.Statements;
import banking.database.Transactions;
import banking.events.codec.ChainKeys;
import banking.events.codec.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds what is in the audit trail. */
@ApplicationScoped
public class AuditReader {

    private static final Duration LONGEST_WALK = Duration.ofSeconds(3);

    private final Transactions transactions;
    private final ChainKeys keys;

    AuditReader(Transactions transactions, ChainKeys keys) {
        this.transactions = transactions;
        this.keys = keys;
    }

    /**
     * An entry as it was written.
     *
     * @param id its process's chain and its number there, with a colon between
     */
    public record Written(String id, Place place, AuditEntry entry) {

        static Written of(Link link) {
            var entry = link.entry();
            return new Written(
                    link.id(), new Place(entry.at(), link.chain(), link.number()), entry);
        }
    }

    /** What answers the question, oldest first. */
    public List<Written> page(Question question) {
        var place = question.after();
        return read(
                        s ->
                                conditions(s, question)
                                        .add(place.at().atOffset(ZoneOffset.UTC))
                                        .add(place.id())
                                        .add(place.number())
                                        .add(question.limit())
                                        .query(AuditRows::read))
                .stream()
                .map(Written::of)
                .toList();
    }

    private static Statements conditions(Statements statements, Question question) {
        var actor = question.actor();
        var aggregate = question.aggregate();
        statements.write(
                """
                select {columns} from audit_entry
                where at >= ? and at < ?{actor}{aggregate} and (at, chain, number) > (?, ?, ?)
                order by at, chain, number limit ?"""
                        .replace("{columns}", AuditRows.COLUMNS)
                        .replace("{actor}", actor == null ? "" : " and actor = ?")
                        .replace("{aggregate}", aggregate == null ? "" : " and aggregate = ?"),
                question.from().atOffset(ZoneOffset.UTC),
                question.to().atOffset(ZoneOffset.UTC));
        if (actor != null) {
            statements.add(actor);
        }
        return aggregate == null ? statements : statements.add(aggregate);
    }

    /** Where an entry of this id stands; empty where there is none. */
    public Optional<Place> place(String id) {
        var colon = id.indexOf(':');
        var chain = UUID.fromString(id.substring(0, colon));
        var number = Long.parseLong(id.substring(colon + 1));
        var sql = "select at from audit_entry where chain = ? and number = ?";
        return read(
                s ->
                        s.write(sql, chain, number)
                                .find(row -> row.getObject(1, OffsetDateTime.class))
                                .map(at -> new Place(at.toInstant(), chain, number)));
    }

    private <T> T read(Transactions.Work<T> query) {
        try {
            return transactions.single(query);
        } catch (SQLException e) {
            throw new IllegalStateException("the audit trail cannot be read", e);
        }
    }

    /**
     * Whether a process's entries are as they were written.
     *
     * @param fitUpTo the number of the last that fits the one before
     * @param firstBroken the number of one that is missing or does not fit; null where there is
     *     none
     * @param next where to go on; null at the end of the chain
     */
    public record Verified(long fitUpTo, @Nullable Long firstBroken, @Nullable Long next) {}

    /**
     * Walks along a chain, for a while.
     *
     * @param after a number up to which it was seen to fit
     */
    public Verified verify(UUID chain, long after) {
        var deadline = System.nanoTime() + LONGEST_WALK.toNanos();
        var fits = after;
        var hash = after == 0 ? Sha256.NONE : link(chain, after).map(Link::hash).orElse(null);
        while (hash != null && System.nanoTime() - deadline < 0) {
            var page = links(chain, fits);
            for (var link : page) {
                if (link.number() != fits + 1 || !link.follows(hash, keys)) {
                    return new Verified(fits, fits + 1, null);
                }
                hash = link.hash();
                fits++;
            }
            if (page.size() < AuditTrail.MOST_AT_ONCE) {
                return new Verified(fits, null, null);
            }
        }
        return hash == null ? new Verified(after, after, null) : new Verified(fits, null, fits);
    }

    private Optional<Link> link(UUID chain, long number) {
        return links(chain, number - 1).stream().findFirst().filter(l -> l.number() == number);
    }

    private List<Link> links(UUID chain, long after) {
        var sql =
                """
                select {columns} from audit_entry where chain = ? and number > ?
                order by number limit ?"""
                        .replace("{columns}", AuditRows.COLUMNS);
        return read(
                s -> s.write(sql, chain, after, AuditTrail.MOST_AT_ONCE).query(AuditRows::read));
    }
}
