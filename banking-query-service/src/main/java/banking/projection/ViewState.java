package banking.projection;

import banking.events.StreamId;

/** An aggregate as its events have left it, on the way into its row. */
public interface ViewState {

    StreamId id();

    /** The version of the last event that is in it. */
    long version();
}
