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
     * @param isNew whether it has led to events now, and not before or to none
     */
    record Done(CommandId commandId, StreamId streamId, long version, String answer, boolean isNew)
            implements Outcome {}

    /**
     * The command changed nothing.
     *
     * @param isOthers whether it was for what is not its giver's, and so refused as though that
     *     were not there
     */
    record Refused(Rejection rejection, boolean isOthers) implements Outcome {}

    /** The command was not run; given again, it may well be. */
    record NotNow(Rejection rejection) implements Outcome {}
}
