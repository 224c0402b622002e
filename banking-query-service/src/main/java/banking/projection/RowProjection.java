package banking.projection;

import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.codec.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A projection that keeps one row per aggregate. */
public abstract class RowProjection<S extends ViewState> implements Projection {

    private final String name;
    private final String topic;
    private final ViewTable<ViewRow<S>> table;

    protected RowProjection(String name, String topic, ViewTable<S> table) {
        this.name = name;
        this.topic = topic;
        this.table = ViewRow.table(table);
    }

    /**
     * The aggregate after its next event; {@code before} is null for the first one.
     *
     * @throws RuntimeException when the event cannot be the next
     */
    protected abstract S after(@Nullable S before, Envelope<Event> envelope);

    /** Reads a row of the table. */
    protected abstract S read(ResultSet row) throws SQLException;

    /** Writes what the events come to beside the rows, if that is anything. */
    protected void writeBeside(Statements statements, List<Envelope<Event>> applied)
            throws SQLException {}

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String topic() {
        return topic;
    }

    @Override
    public final Fold open(Statements statements, Collection<StreamId> streams)
            throws SQLException {
        var rows = new HashMap<StreamId, ViewRow<S>>();
        table.load(statements, "id = ANY (?)", streams, row -> ViewRow.read(read(row), row))
                .forEach(row -> rows.put(row.state().id(), row));
        return new RowFold(rows);
    }

    private final class RowFold implements Fold {

        private final Map<StreamId, ViewRow<S>> rows;
        private final Set<StreamId> changed = new LinkedHashSet<>();
        private final List<Envelope<Event>> applied = new ArrayList<>();

        private RowFold(Map<StreamId, ViewRow<S>> rows) {
            this.rows = rows;
        }

        @Override
        public Seen seen(StreamId stream) {
            return ViewRow.seen(rows.get(stream));
        }

        @Override
        public void apply(Envelope<Event> envelope, Sha256 hash, int partition) {
            var id = envelope.streamId();
            var before = rows.get(id);
            var state = after(before == null ? null : before.state(), envelope);
            rows.put(id, new ViewRow<>(state, hash));
            changed.add(id);
            applied.add(envelope);
        }

        @Override
        public void write(Statements statements) throws SQLException {
            table.upsert(
                    statements,
                    changed.stream().map(id -> Objects.requireNonNull(rows.get(id))).toList());
            writeBeside(statements, applied);
        }
    }
}
