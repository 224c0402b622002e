package banking.audit;

import banking.events.codec.ChainKeys;
import banking.events.codec.Netstrings;
import banking.events.codec.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The entries of one process, each with a number and linked to all before it: one that is changed,
 * put in or taken out behind the bank's back breaks the chain from there on, and only who has the
 * key can make another that fits.
 */
final class AuditChain {

    private static final Logger LOG = Logger.getLogger(AuditChain.class);

    /** How often the log says how long it is. */
    private static final Duration TOLD_EVERY = Duration.ofMinutes(5);

    private final UUID id;
    private final ChainKeys keys;
    private long length;
    private Sha256 head = Sha256.NONE;
    private long told;
    private long toldAt = System.nanoTime();

    AuditChain(UUID id, ChainKeys keys) {
        this.id = id;
        this.keys = keys;
    }

    /**
     * @param hash over the hash of the entry before, and all of this one
     */
    record Link(UUID chain, long number, AuditEntry entry, Sha256 hash) {

        /** Whether it was made here, to follow on another. */
        boolean follows(Sha256 previous, ChainKeys keys) {
            return keys.isLink(hash, previous, content().digest());
        }

        /** All of the entry; the digest of its text is what it is linked by. */
        Netstrings content() {
            return AuditChain.content(chain, number, entry);
        }

        /** What it is called. */
        String id() {
            return chain + ":" + number;
        }
    }

    /** How the chain would go on; it has not until {@link #end}. */
    List<Link> links(List<AuditEntry> entries) {
        var links = new ArrayList<Link>(entries.size());
        var hash = head;
        for (var entry : entries) {
            var number = length + links.size() + 1;
            hash = keys.link(hash, content(id, number, entry).digest());
            links.add(new Link(id, number, entry, hash));
        }
        return links;
    }

    /** These are in the database. */
    void end(List<Link> links) {
        length = links.getLast().number();
        head = links.getLast().hash();
    }

    /**
     * Says how long it is by now where no role of the database reaches: a chain that was cut off
     * fits in itself.
     */
    void tellLength(boolean atOnce) {
        var now = System.nanoTime();
        if (length > told && (atOnce || now - toldAt > TOLD_EVERY.toNanos())) {
            LOG.infof("The audit trail goes up to %s:%d %s", id, length, head);
            told = length;
            toldAt = now;
        }
    }

    private static Netstrings content(UUID chain, long number, AuditEntry entry) {
        var aggregate = entry.aggregate();
        return Netstrings.of("audit")
                .add(chain)
                .add(number)
                .add(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()))
                .add(entry.actor())
                .add(entry.roles())
                .add(entry.operation())
                .add(entry.kind())
                .add(aggregate == null ? null : aggregate.toString())
                .add(entry.status())
                .add(entry.code())
                .add(entry.correlationId())
                .add(entry.address())
                .add(entry.reason());
    }
}
