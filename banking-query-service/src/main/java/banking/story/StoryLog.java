package banking.story;

import banking.events.codec.WrittenEvent;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The steps of every story, in the category {@code banking.story}: at DEBUG, since a command has a
 * dozen of them, and writing them down costs more than the command. Each line has the story's
 * correlation id, the stream and the actor, in its text and as fields, and the trace's id as one.
 */
public final class StoryLog {

    private static final Logger LOG = Logger.getLogger("banking.story");

    private static final String STORY = "correlationId";
    private static final String STREAM = "streamId";
    private static final String ACTOR = "actor";
    private static final String TRACE = "traceId";

    private StoryLog() {}

    /** Whether anybody looks; nothing is to be put together where nobody does. */
    public static boolean isOn() {
        return LOG.isDebugEnabled();
    }

    /** What has become of events. */
    public static void tell(List<WrittenEvent> events, String what) {
        if (isOn()) {
            for (var event : events) {
                var step = event.type() + " " + event.id() + " " + what;
                var stream = event.streamId().toString();
                tell(event.correlationId(), stream, event.actor(), event.traceparent(), step);
            }
        }
    }

    /**
     * @param stream empty where it is about none
     * @param actor empty where nobody has said who it is
     * @param traceparent null where nobody follows it
     */
    public static void tell(
            String story, String stream, String actor, @Nullable String traceparent, String what) {
        if (!isOn()) {
            return;
        }
        MDC.put(STORY, story);
        MDC.put(STREAM, stream);
        MDC.put(ACTOR, actor);
        MDC.put(TRACE, Traces.traceId(traceparent));
        try {
            LOG.debugf("%s: %s, by %s", story, what, actor.isEmpty() ? "nobody" : actor);
        } finally {
            MDC.remove(STORY);
            MDC.remove(STREAM);
            MDC.remove(ACTOR);
            MDC.remove(TRACE);
        }
    }
}
