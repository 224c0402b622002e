package banking.projection;

import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
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
    private final ViewTable<S> table;

    protected RowProjection(String name, String topic, ViewTable<S> table) {
        this.name = name;
        this.topic = topic;
        this.table = table;
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
        var states = new HashMap<StreamId, S>();
        table.load(statements, "id = ANY (?)", streams, this::read)
                .forEach(s -> states.put(s.id(), s));
        return new RowFold(states);
    }

    private final class RowFold implements Fold {

        private final Map<StreamId, S> states;
        private final Set<StreamId> changed = new LinkedHashSet<>();
        private final List<Envelope<Event>> applied = new ArrayList<>();

        private RowFold(Map<StreamId, S> states) {
            this.states = states;
        }

        @Override
        public long version(StreamId stream) {
            var state = states.get(stream);
            return state == null ? 0 : state.version();
        }

        @Override
        public void apply(Envelope<Event> envelope, int partition) {
            var id = envelope.streamId();
            states.put(id, after(states.get(id), envelope));
            changed.add(id);
            applied.add(envelope);
        }

        @Override
        public void write(Statements statements) throws SQLException {
            table.upsert(
                    statements,
                    changed.stream().map(id -> Objects.requireNonNull(states.get(id))).toList());
            writeBeside(statements, applied);
        }
    }
}
