package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.events.Event;
import banking.events.codec.EventCodec;
import banking.events.codec.WrittenEvent;
import java.util.function.Consumer;

/** The state that a stream's events lead to, one after the other from the first. */
final class Replay<S, E extends Event> implements Consumer<WrittenEvent> {

    private final AggregateType<S, ?, E> type;
    private S state;

    Replay(AggregateType<S, ?, E> type) {
        this.type = type;
        state = type.initial();
    }

    @Override
    public void accept(WrittenEvent written) {
        state = type.replayed(state, EventCodec.STANDARD.read(written).event());
    }

    S state() {
        return state;
    }
}
