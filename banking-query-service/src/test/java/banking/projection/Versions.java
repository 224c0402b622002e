package banking.projection;

import banking.database.Statements;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.Sha256;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A projection that counts versions, while it is let. */
public final class Versions implements Projection {

    /** What happens in the middle of each batch, after its first statement. */
    public interface Hindrance {
        void meet(Collection<StreamId> streams) throws SQLException;
    }

    public static final Hindrance NONE = _ -> {};

    public final Map<StreamId, Long> seen;
    public volatile Hindrance hindrance = NONE;
    private final Map<StreamId, Sha256> hashes;
    private final String name;
    private final String topic;

    public Versions(String topic) {
        this(
                "versions-" + UUID.randomUUID(),
                topic,
                new ConcurrentHashMap<>(),
                new ConcurrentHashMap<>());
    }

    private Versions(
            String name, String topic, Map<StreamId, Long> seen, Map<StreamId, Sha256> hashes) {
        this.name = name;
        this.topic = topic;
        this.seen = seen;
        this.hashes = hashes;
    }

    /** The same projection as another process has it. */
    Versions elsewhere() {
        return new Versions(name, topic, seen, hashes);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String topic() {
        return topic;
    }

    public long of(UUID id) {
        return seen.getOrDefault(new StreamId(id), 0L);
    }

    @Override
    public String table() {
        return "versions";
    }

    @Override
    public Fold open(Statements statements, Collection<StreamId> streams) throws SQLException {
        statements.run();
        hindrance.meet(streams);
        var changed = new HashMap<StreamId, Seen>();
        return new Fold() {
            @Override
            public Seen seen(StreamId stream) {
                var version = Versions.this.seen.getOrDefault(stream, 0L);
                var before = new Seen(version, hashes.getOrDefault(stream, Sha256.NONE));
                return changed.getOrDefault(stream, before);
            }

            @Override
            public void apply(Envelope<Event> event, Sha256 hash, int partition) {
                changed.put(event.streamId(), new Seen(event.version(), hash));
            }

            @Override
            public void write(Statements statements) {
                changed.forEach(
                        (stream, last) -> {
                            hashes.put(stream, last.hash());
                            seen.put(stream, last.version());
                        });
            }
        };
    }
}
