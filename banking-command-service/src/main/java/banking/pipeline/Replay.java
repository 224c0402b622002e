package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.events.Event;
import banking.events.codec.EventCodec;
import banking.events.codec.PersonalData;
import banking.events.codec.PersonalKey;
import banking.events.codec.WrittenEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The state that a stream's events lead to, one after the other from the first. */
final class Replay<S, E extends Event> implements Consumer<WrittenEvent> {

    private final AggregateType<S, ?, E> type;
    private final @Nullable PersonalKey key;
    private S state;

    /**
     * @param key opens the events; null where nothing of them is sealed, or for good
     */
    Replay(AggregateType<S, ?, E> type, @Nullable PersonalKey key) {
        this.type = type;
        this.key = key;
        state = type.initial();
    }

    @Override
    public void accept(WrittenEvent written) {
        state =
                type.replayed(
                        state, EventCodec.STANDARD.read(PersonalData.open(written, key)).event());
    }

    S state() {
        return state;
    }
}
