package banking.audit;

import banking.events.codec.ChainKeys;
import banking.events.codec.Netstrings;
import banking.events.codec.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The entries of one process, each with a number and linked to all before it: one that is changed,
 * put in or taken out behind the bank's back breaks the chain from there on, and only who has the
 * key can make another that fits.
 */
final class AuditChain {

    private final UUID id;
    private final ChainKeys keys;
    private long length;
    private Sha256 head = Sha256.NONE;

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
            return keys.isLink(hash, previous, content(chain, number, entry));
        }
    }

    /** How the chain would go on; it has not until {@link #end}. */
    List<Link> links(List<AuditEntry> entries) {
        var links = new ArrayList<Link>(entries.size());
        var hash = head;
        for (var entry : entries) {
            var number = length + links.size() + 1;
            hash = keys.link(hash, content(id, number, entry));
            links.add(new Link(id, number, entry, hash));
        }
        return links;
    }

    /** These are in the database. */
    void end(List<Link> links) {
        length = links.getLast().number();
        head = links.getLast().hash();
    }

    private static Sha256 content(UUID chain, long number, AuditEntry entry) {
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
                .add(entry.reason())
                .digest();
    }
}
