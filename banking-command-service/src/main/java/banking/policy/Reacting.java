package banking.policy;

import banking.database.Backoff;
import banking.database.Statements;
import banking.events.CommandId;
import banking.events.codec.WrittenEvent;
import banking.journal.EventRows;
import banking.pipeline.UnavailableException;
import banking.policy.ParkedMatters.Place;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A policy's reactions to one batch of events. Each matter goes its own way, so their commands
 * share transactions. The batch waits a moment for all of them; a matter that needs longer, or
 * cannot be reacted to, is parked, and neither the others of the batch nor the next batch wait for
 * it. Only while the database is away, which alone can park, does everything wait.
 */
final class Reacting {

    private static final Logger LOG = Logger.getLogger(Reacting.class);

    private final Reactions reactions;
    private final HeadStart headStart;
    private final PolicyConfig config;
    private final CountDownLatch underWay = new CountDownLatch(1);
    private final CountDownLatch abort = new CountDownLatch(1);
    private volatile boolean complete;

    /**
     * @param records as the topics have them; what is reacted to is what the journal has
     */
    Reacting(Reactions reactions, HeadStart headStart, List<WrittenEvent> records) {
        this.reactions = reactions;
        this.headStart = headStart;
        config = reactions.config();
        Thread.ofVirtual().name("policy-" + reactions.name()).start(() -> reactToAll(records));
    }

    /**
     * @return whether everything has come to its end, or is parked, by now
     */
    boolean await(Duration atMost) throws InterruptedException {
        return underWay.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins and tries nothing more from here on, and returns when nothing is waited for. */
    void abort() throws InterruptedException {
        abort.countDown();
        underWay.await();
    }

    /** Whether something was left out, so that the batch has to come again. */
    boolean isIncomplete() {
        return !complete;
    }

    private void reactToAll(List<WrittenEvent> records) {
        var courses = new ArrayList<Course>();
        try {
            var others = new ArrayList<WrittenEvent>();
            for (var record : records) {
                headStart.takeOver(record).ifPresentOrElse(courses::add, () -> others.add(record));
            }
            if (!others.isEmpty()) {
                var transactions = reactions.transactions();
                var matters = untilItPasses(() -> transactions.commit(s -> matters(others, s)));
                if (headStart.isOfUse()) {
                    untilItPasses(() -> leaveOutDone(matters));
                }
                for (var matter : matters.entrySet()) {
                    courses.add(start(matter.getKey(), matter.getValue()));
                }
            }
            awaitAll(courses);
            park(courses);
            complete = true;
        } catch (AbortedException | InterruptedException e) {
            LOG.debugf("%s leaves a batch to whoever gets it next", reactions.name());
        } finally {
            courses.forEach(Course::stop);
            underWay.countDown();
        }
    }

    /** What is to be reacted to now, by matter, as the journal has it. */
    private Map<Matter, List<WrittenEvent>> matters(
            List<WrittenEvent> records, Statements statements) throws SQLException {
        var journal = new HashSet<>(EventRows.at(statements, reactions.keys(), records));
        var forged = records.stream().filter(record -> !journal.contains(record)).toList();
        if (!forged.isEmpty()) {
            reactions.passOver(forged);
        }
        var places = new LinkedHashMap<WrittenEvent, Place>();
        for (var event : records) {
            if (journal.contains(event)) {
                places.put(event, new Place(reactions.matter(event), event.version()));
            }
        }
        var waiting = ParkedMatters.extend(statements, reactions.name(), places.values());
        var matters = new LinkedHashMap<Matter, List<WrittenEvent>>();
        places.forEach(
                (event, place) -> {
                    if (!waiting.contains(place)) {
                        matters.computeIfAbsent(place.matter(), m -> new ArrayList<>()).add(event);
                    }
                });
        return matters;
    }

    /** Leaves out what the process that has committed it has reacted to by now. */
    private Map<Matter, List<WrittenEvent>> leaveOutDone(Map<Matter, List<WrittenEvent>> matters) {
        var commands = new HashMap<WrittenEvent, List<CommandId>>();
        matters.values()
                .forEach(
                        events ->
                                events.forEach(
                                        event -> commands.put(event, reactions.commands(event))));
        var processed = reactions.processed(commands);
        matters.values()
                .removeIf(
                        events ->
                                events.stream()
                                        .allMatch(e -> processed.containsAll(commands.get(e))));
        return matters;
    }

    private Course start(Matter matter, List<WrittenEvent> events)
            throws AbortedException, InterruptedException {
        while (!reactions.room().tryAcquire(config.patience().toMillis(), TimeUnit.MILLISECONDS)) {
            if (isAborted()) {
                throw new AbortedException();
            }
        }
        var course = reactions.course(matter, events);
        reactions.begin(course);
        return course;
    }

    private void awaitAll(List<Course> courses) throws InterruptedException {
        var deadline = System.nanoTime() + config.patience().toNanos();
        for (var course : courses) {
            course.await(Duration.ofNanos(deadline - System.nanoTime()));
        }
    }

    /** Parks what has stopped and what takes long; the latter is freed once it ends well. */
    private void park(List<Course> courses) throws AbortedException, InterruptedException {
        var slow = courses.stream().filter(course -> !course.hasEnded()).toList();
        var stops = courses.stream().map(Course::stands).flatMap(Optional::stream).toList();
        if (stops.isEmpty()) {
            return;
        }
        untilItPasses(() -> reactions.parked().park(reactions.name(), stops, 0));
        LOG.warnf(
                "%s parks %d matters, one of them because: %s",
                reactions.name(), stops.size(), stops.getFirst().reason());
        slow.forEach(course -> Thread.ofVirtual().start(() -> tell(course)));
    }

    /** Says how it ended, what was parked while it was under way; its lease is for its longest. */
    private void tell(Course course) {
        try {
            course.await(config.lease());
            var stop = course.stands();
            if (stop.isPresent()) {
                reactions.parked().park(reactions.name(), List.of(stop.get()), 0);
            } else {
                reactions.parked().settle(reactions.name(), course.matter(), course.lastVersion());
            }
        } catch (SQLException | InterruptedException e) {
            LOG.debugf(e, "%s is tried once more", course.matter());
        }
    }

    /** What is away may stay away for days: it is waited for, and nothing is passed over. */
    private <T> T untilItPasses(Step<T> step) throws AbortedException, InterruptedException {
        var backoff = new Backoff(config.backOff(), config.longestBackOff());
        int failures = 0;
        while (!isAborted()) {
            try {
                return step.take();
            } catch (SQLException | UnavailableException e) {
                reactions.progress().failed("the database does not answer: " + e.getMessage());
                var pause = backoff.after(++failures).toMillis();
                if (abort.await(pause, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        throw new AbortedException();
    }

    private boolean isAborted() {
        return abort.getCount() == 0;
    }

    private interface Step<T> {
        T take() throws SQLException;
    }

    private static final class AbortedException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
