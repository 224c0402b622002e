package banking.journal;

import banking.events.CommandId;
import banking.events.StreamId;
import banking.events.codec.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A command that was processed, and the answer it got.
 *
 * @param requestHash of the request, so that an id used for another request is noticed; {@link
 *     Sha256#NONE} where nobody knows it
 * @param version the stream's version in the answer; 0 where the command was rejected
 * @param rejection the rejection's code; null where the command was accepted
 * @param answer the JSON that the caller got, or the rejection's detail
 */
public record ProcessedCommand(
        CommandId id,
        Sha256 requestHash,
        StreamId streamId,
        long version,
        @Nullable String rejection,
        String answer) {

    /** The same with another text as its answer. */
    public ProcessedCommand answering(String other) {
        return new ProcessedCommand(id, requestHash, streamId, version, rejection, other);
    }

    /** What the topics gave back does not tell the request, only that it was carried out. */
    public boolean isOf(Sha256 hash) {
        return requestHash.equals(hash) || requestHash.equals(Sha256.NONE);
    }
}
