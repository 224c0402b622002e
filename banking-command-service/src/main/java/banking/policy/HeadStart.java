package banking.policy;

import banking.events.StreamId;
import banking.events.codec.EventCodec;
import banking.events.codec.RecordedEvent;
import banking.events.codec.WrittenEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reacts at once to what this process has just committed, where no event waits for another. It only
 * saves time: each is tried once, some are left out, and a crash forgets them all. The topics bring
 * every event again; whoever follows them takes over what has begun here, and begins what has not.
 */
final class HeadStart {

    /** Longer than the events of a second; what is forgotten is looked up in the journal. */
    private static final int MAX_REMEMBERED = 10_000;

    private record Place(StreamId stream, long version) {}

    private final Reactions reactions;
    private final Set<String> types;

    /** Oldest first, the order in which they are forgotten. */
    private final Map<Place, Course> begun = new LinkedHashMap<>();

    private volatile boolean stopped;

    HeadStart(Reactions reactions) {
        this.reactions = reactions;
        types =
                reactions.policy().reactsToEach().stream()
                        .map(EventCodec::typeName)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether there is any type of event that it reacts to. */
    boolean isOfUse() {
        return !types.isEmpty();
    }

    /** Begins nothing more; what has begun ends by itself. */
    void stop() {
        stopped = true;
    }

    /** Called by a lane, which must not wait. */
    void begin(List<RecordedEvent> committed) {
        var events =
                committed.stream()
                        .map(RecordedEvent::event)
                        .filter(event -> types.contains(event.type()))
                        .toList();
        if (!events.isEmpty() && !stopped) {
            Thread.ofVirtual().start(() -> events.forEach(this::begin));
        }
    }

    private void begin(WrittenEvent event) {
        if (!reactions.hasPlentyOfRoom()) {
            return;
        }
        var course = reactions.course(reactions.matter(event), List.of(event));
        course.stop();
        if (reactions.room().tryAcquire()) {
            remember(new Place(event.streamId(), event.version()), course);
            reactions.begin(course);
        }
    }

    private synchronized void remember(Place place, Course course) {
        begun.put(place, course);
        if (begun.size() > MAX_REMEMBERED) {
            begun.remove(begun.keySet().iterator().next());
        }
    }

    /**
     * The course that has begun with this very event, unless it came to nothing; it is forgotten
     * here.
     */
    synchronized Optional<Course> takeOver(WrittenEvent record) {
        var course = begun.remove(new Place(record.streamId(), record.version()));
        return course != null && course.isOf(record) && course.mayEndWell()
                ? Optional.of(course)
                : Optional.empty();
    }
}
