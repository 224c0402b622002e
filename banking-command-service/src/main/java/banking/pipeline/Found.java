package banking.pipeline;

import banking.events.CommandId;
import banking.events.StreamId;
import banking.journal.ProcessedCommand;
import java.util.Map;
import java.util.Set;

/**
 * What the database has of a batch's commands, which they are decided on.
 *
 * @param streams where their streams stand, locked; without those of a kind that no command of the
 *     batch is for
 * @param kinds the types of their streams and of the aggregates they speak of, as far as these
 *     exist
 * @param broken those of their streams whose state cannot be told, and why
 * @param processed those of the commands that were processed before, of those whose callers may
 *     give them again
 * @param recorded those of the commands whose events are in the journal already, because a try was
 *     committed whose answer was lost
 * @param days what their givers have moved today, where that is limited
 * @param personal the keys of the customers whom the commands are about
 */
record Found(
        Map<StreamId, Working<?, ?>> streams,
        Map<StreamId, String> kinds,
        Map<StreamId, RuntimeException> broken,
        Map<CommandId, ProcessedCommand> processed,
        Set<CommandId> recorded,
        DayTotals days,
        Keys.Stored personal) {}
