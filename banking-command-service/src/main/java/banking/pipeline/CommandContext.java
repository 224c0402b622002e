package banking.pipeline;

import banking.events.CommandId;
import banking.events.codec.Sha256;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What comes with a command and is not part of it.
 *
 * @param id the same for every try of the same command
 * @param requestHash of the request, so that an id used for another request is noticed; null where
 *     the caller did not choose the id and so cannot come again
 * @param rejectionIsFinal whether a rejection is remembered and given again, whatever has changed
 * @param expectedVersions of which the stream must stand at one; null where the caller named none
 * @param correlationId the same for everything that one request set off
 * @param actor who gave the command
 * @param traceparent the W3C Trace Context header of the request, where it came with one
 */
public record CommandContext(
        CommandId id,
        @Nullable Sha256 requestHash,
        boolean rejectionIsFinal,
        @Nullable Set<Long> expectedVersions,
        String correlationId,
        String actor,
        @Nullable String traceparent) {

    /** The actor of a policy's commands begins so; the journal knows those by their ids. */
    public static final String POLICY = "policy:";
}
