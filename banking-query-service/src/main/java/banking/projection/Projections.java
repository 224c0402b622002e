package banking.projection;

import banking.database.Transactions;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.WrittenEvent;
import banking.story.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Runs every projection there is, from the start of the process to its end. */
@ApplicationScoped
public class Projections {

    private static final Logger LOG = Logger.getLogger(Projections.class);

    private record Running(
            Projection projection, ProjectionWriter writer, Intake intake, Progress progress) {}

    private final VersionWaits waits;
    private final List<Running> all = new ArrayList<>();

    public Projections(
            ProjectionConfig config,
            @All List<Projection> projections,
            Transactions transactions,
            CustomerKeys personal,
            VersionWaits waits,
            Traces traces,
            ChainKeys keys,
            MeterRegistry registry) {
        this.waits = waits;
        for (var projection : projections) {
            var writer = new ProjectionWriter(transactions, projection, keys, personal);
            var progress = new Progress();
            var metrics = new ProjectionMetrics(registry, projection.name());
            var intake =
                    new Intake(
                            projection,
                            config,
                            writer,
                            round -> {
                                metrics.applied(round);
                                trace(traces, projection, round);
                                tellOfUnfitting(projection, round);
                                waits.arrived(projection.name(), round.newestApplied().keySet());
                            },
                            progress);
            all.add(new Running(projection, writer, intake, progress));
        }
    }

    private static void trace(Traces traces, Projection projection, Round round) {
        var name = "project " + projection.name();
        traces.step(name, round.begun(), round.applied(), WrittenEvent::traceparent).end();
    }

    /** One line for a batch, however many there are. */
    private static void tellOfUnfitting(Projection projection, Round round) {
        if (!round.unfitting().isEmpty()) {
            var first = round.unfitting().getFirst();
            var kafka = first.delivery().kafka();
            LOG.errorf(
                    "%s: %d records are not what the journal has; the first, %s-%d at %d: %s",
                    projection.name(),
                    round.unfitting().size(),
                    kafka.topic(),
                    kafka.partition(),
                    kafka.offset(),
                    first.reason());
        }
    }

    /** All are told before any channel is closed, so that none waits for another. */
    public void stop(@Observes ShutdownEvent event) {
        all.forEach(running -> running.intake.stop());
    }

    public List<Projection> all() {
        return all.stream().map(Running::projection).toList();
    }

    public List<String> topics() {
        return all.stream().map(running -> running.projection.topic()).toList();
    }

    public Optional<Projection> find(String name) {
        return all().stream().filter(projection -> projection.name().equals(name)).findFirst();
    }

    Intake intake(String name) {
        return running(name).intake;
    }

    Intake intakeOf(String topic) {
        return all.stream()
                .filter(running -> running.projection.topic().equals(topic))
                .findFirst()
                .orElseThrow()
                .intake;
    }

    public Progress progress(String name) {
        return running(name).progress;
    }

    public Optional<Replay> replay(String name, StreamId stream) throws SQLException {
        var replay = running(name).writer.replay(stream);
        waits.arrived(name, List.of(stream));
        return replay;
    }

    /** Goes on with a queue that was too long for one transaction, by at most so many records. */
    Optional<Replay> goOn(String name, StreamId stream, int most) throws SQLException {
        var replay = running(name).writer.replayPart(stream, most);
        waits.arrived(name, List.of(stream));
        return replay;
    }

    private Running running(String name) {
        return all.stream()
                .filter(running -> running.projection.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
