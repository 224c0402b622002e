package banking.story;

import banking.events.codec.WrittenEvent;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * The steps of every story, in the category {@code banking.story}: at DEBUG, since a command has a
 * dozen of them, and writing them down costs more than the command. Each line has the story's
 * correlation id, the stream and the actor, in its text and as fields.
 */
public final class StoryLog {

    private static final Logger LOG = Logger.getLogger("banking.story");

    private static final String STORY = "correlationId";
    private static final String STREAM = "streamId";
    private static final String ACTOR = "actor";

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
                tell(event.correlationId(), event.streamId().toString(), event.actor(), step);
            }
        }
    }

    /**
     * @param stream empty where it is about none
     * @param actor empty where nobody has said who it is
     */
    public static void tell(String story, String stream, String actor, String what) {
        if (!isOn()) {
            return;
        }
        MDC.put(STORY, story);
        MDC.put(STREAM, stream);
        MDC.put(ACTOR, actor);
        try {
            LOG.debugf("%s: %s, by %s", story, what, actor.isEmpty() ? "nobody" : actor);
        } finally {
            MDC.remove(STORY);
            MDC.remove(STREAM);
            MDC.remove(ACTOR);
        }
    }
}
