package banking.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import banking.events.codec.Sha256;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one process, each with a number and the hash of all before it: one that is
 * changed, put in or taken out behind the bank's back breaks the chain from there on.
 */
final class AuditChain {

    private final UUID id;
    private long length;
    private Sha256 head = Sha256.NONE;

    AuditChain(UUID id) {
        this.id = id;
    }

    /**
     * @param hash over the hash of the entry before, and all of this one
     */
    record Link(UUID chain, long number, AuditEntry entry, Sha256 hash) {}

    /** How the chain would go on; it has not until {@link #end}. */
    List<Link> links(List<AuditEntry> entries) {
        var links = new ArrayList<Link>(entries.size());
        var hash = head;
        for (var entry : entries) {
            var number = length + links.size() + 1;
            hash = hash(hash, id, number, entry);
            links.add(new Link(id, number, entry, hash));
        }
        return links;
    }

    /** These are in the database. */
    void end(List<Link> links) {
        length = links.getLast().number();
        head = links.getLast().hash();
    }

    static Sha256 hash(Sha256 previous, UUID chain, long number, AuditEntry entry) {
        var aggregate = entry.aggregate();
        var fixed =
                ByteBuffer.allocate(6 * Long.BYTES + Integer.BYTES + 1)
                        .putLong(chain.getMostSignificantBits())
                        .putLong(chain.getLeastSignificantBits())
                        .putLong(number)
                        .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()))
                        .putInt(entry.status())
                        .put((byte) (aggregate == null ? 0 : 1))
                        .putLong(aggregate == null ? 0 : aggregate.getMostSignificantBits())
                        .putLong(aggregate == null ? 0 : aggregate.getLeastSignificantBits())
                        .array();
        return previous.followedBy(
                fixed,
                field(entry.actor()),
                field(entry.roles()),
                field(entry.operation()),
                field(entry.kind()),
                field(entry.code()),
                field(entry.correlationId()),
                field(entry.address()),
                field(entry.reason()));
    }

    /** With its length, so that no letter can move from one to the next. */
    private static byte[] field(@Nullable String text) {
        if (text == null) {
            return ByteBuffer.allocate(Integer.BYTES).putInt(-1).array();
        }
        var bytes = text.getBytes(UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }
}
