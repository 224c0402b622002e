package banking.pipeline;

import banking.events.CommandId;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.codec.Sha256;
import banking.events.codec.WrittenEvent;
import banking.security.Caller;
import banking.security.Role;
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
 * @param caller who gave the command
 * @param address from where the command came; empty where nobody has sent it
 * @param traceparent the W3C Trace Context header of the request, where it came with one
 * @param causedBy the id of the event that the command follows from; null where somebody asked for
 *     it
 * @param bulk with what others it is given; null where it comes alone
 */
public record CommandContext(
        CommandId id,
        @Nullable Sha256 requestHash,
        boolean rejectionIsFinal,
        @Nullable Set<Long> expectedVersions,
        String correlationId,
        Caller caller,
        String address,
        @Nullable String traceparent,
        @Nullable String causedBy,
        @Nullable Bulk bulk) {

    private static final String NOWHERE = "";

    /** The actor of a policy's commands begins so; the journal knows those by their ids. */
    private static final String POLICY = "policy:";

    /** Of a caller who cannot give the command again, since the id is not theirs. */
    public static CommandContext once(
            CommandId id, String correlationId, Caller caller, @Nullable String traceparent) {
        return new CommandContext(
                id, null, false, null, correlationId, caller, NOWHERE, traceparent, null, null);
    }

    /** Of a caller who has named the command, and is answered the same however often it comes. */
    public static CommandContext underKey(
            CommandId id,
            Sha256 requestHash,
            String correlationId,
            Caller caller,
            @Nullable String traceparent) {
        return new CommandContext(
                id,
                requestHash,
                true,
                null,
                correlationId,
                caller,
                NOWHERE,
                traceparent,
                null,
                null);
    }

    /**
     * Of a policy that reacts to an event.
     *
     * @param rejectionIsFinal where something else is done on a rejection: a repeated reaction then
     *     takes the same turning
     */
    public static CommandContext ofPolicy(
            CommandId id, Envelope<Event> event, String policy, boolean rejectionIsFinal) {
        return new CommandContext(
                id,
                Sha256.NONE,
                rejectionIsFinal,
                null,
                event.correlationId(),
                new Caller(POLICY + policy, Set.of(Role.POLICY), null),
                NOWHERE,
                event.traceparent(),
                event.id(),
                null);
    }

    /**
     * Of the timer: what falls due goes on with the story of the event that has set the time.
     *
     * @param event null where the journal has none; then a story begins
     */
    public static CommandContext ofTimer(CommandId id, @Nullable WrittenEvent event) {
        return new CommandContext(
                id,
                Sha256.NONE,
                false,
                null,
                event == null ? id.toString() : event.correlationId(),
                new Caller("timer", Set.of(Role.TIMER), null),
                NOWHERE,
                event == null ? null : event.traceparent(),
                event == null ? null : event.id(),
                null);
    }

    /** As events name the caller. */
    public String actor() {
        return caller.id();
    }

    /** Whether the bank has given it to itself, to go on with what somebody has begun. */
    boolean isOwn() {
        return isOfPolicy() || caller.roles().equals(Set.of(Role.TIMER));
    }

    /** Whether it changes nothing, whatever becomes of it. */
    boolean isDryRun() {
        return bulk != null && bulk.isDryRun();
    }

    boolean isOfPolicy() {
        return caller.id().startsWith(POLICY) && caller.roles().equals(Set.of(Role.POLICY));
    }

    public CommandContext sentBy(String sender, @Nullable Set<Long> versions) {
        return new CommandContext(
                id,
                requestHash,
                rejectionIsFinal,
                versions,
                correlationId,
                caller,
                sender,
                traceparent,
                causedBy,
                bulk);
    }

    /** As one of those that are given together. */
    public CommandContext in(Bulk others) {
        return new CommandContext(
                id,
                requestHash,
                rejectionIsFinal,
                expectedVersions,
                correlationId,
                caller,
                address,
                traceparent,
                causedBy,
                others);
    }
}
