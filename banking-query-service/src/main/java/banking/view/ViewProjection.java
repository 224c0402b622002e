package banking.view;

import banking.database.Statements;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.Topic;
import banking.events.codec.Sha256;
import banking.projection.Projection;
import banking.view.FreshViews.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A projection that keeps one row per aggregate. */
public abstract class ViewProjection<V extends View<E>, E extends Event> implements Projection {

    private final Kind<E, V> kind;
    private final Supplier<V> blank;
    private final EntityTable<V> table;

    protected ViewProjection(Kind<E, V> kind, Supplier<V> blank, EntityTables tables) {
        this.kind = kind;
        this.blank = blank;
        this.table = tables.of(kind.entity(), blank);
    }

    /** Writes what the events come to beside the rows, if that is anything. */
    protected void writeBeside(Statements statements, List<Envelope<Event>> applied)
            throws SQLException {}

    @Override
    public String name() {
        return kind.projection();
    }

    @Override
    public String topic() {
        return Topic.of(kind.events());
    }

    @Override
    public String table() {
        return table.name();
    }

    @Override
    public Fold open(Statements statements, Collection<StreamId> streams) throws SQLException {
        var views = new HashMap<StreamId, V>();
        for (var view : table.load(statements, streams.stream().map(StreamId::value).toList())) {
            views.put(new StreamId(view.id), view);
        }
        return new ViewFold(views);
    }

    private final class ViewFold implements Fold {

        private final Map<StreamId, V> views;
        private final Set<V> changed = new LinkedHashSet<>();
        private final List<Envelope<Event>> applied = new ArrayList<>();

        private ViewFold(Map<StreamId, V> views) {
            this.views = views;
        }

        @Override
        public Seen seen(StreamId stream) {
            var view = views.get(stream);
            return view == null ? Seen.NOTHING : new Seen(view.version, Sha256.ofBytes(view.hash));
        }

        @Override
        public void apply(Envelope<Event> envelope, Sha256 hash, int partition) {
            if (!kind.events().isInstance(envelope.event())) {
                throw new IllegalStateException("not an event of a " + kind.noun());
            }
            var known = views.get(envelope.streamId());
            var view = known == null ? blank.get() : known;
            view.apply(kind.events().cast(envelope.event()), envelope.occurredAt());
            view.id = envelope.streamId().value();
            view.version = envelope.version();
            view.hash = hash.toBytes();
            views.put(envelope.streamId(), view);
            changed.add(view);
            applied.add(envelope);
        }

        @Override
        public void write(Statements statements) throws SQLException {
            table.upsert(statements, List.copyOf(changed));
            writeBeside(statements, applied);
        }
    }
}
