package banking.aggregate;

import banking.events.CommandId;
import banking.events.StreamId;

/** What became of a command, known only once it can no longer change. */
public sealed interface Outcome {

    /**
     * The command's events are committed.
     *
     * @param commandId names what the command made, where that has no stream of its own
     * @param version where the stream stands after the command
     * @param answer JSON; the first answer where the command had been given before
     */
    record Done(CommandId commandId, StreamId streamId, long version, String answer)
            implements Outcome {}

    /** The command changed nothing. */
    record Refused(Rejection rejection) implements Outcome {}

    /** The command was not run; given again, it may well be. */
    record NotNow(Rejection rejection) implements Outcome {}
}
