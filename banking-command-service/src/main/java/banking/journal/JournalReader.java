package banking.journal;

import banking.events.StreamId;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The journal as those read it who inspect it: a page at a time, without locks. */
@ApplicationScoped
public class JournalReader {

    private static final int REPLAY_PAGE = 500;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    JournalReader() {}

    /** A stream and the version it stands at. */
    public record StreamSummary(String id, long version) {}

    /**
     * @param after the last id of the page before; null for the first page
     */
    public List<StreamSummary> streams(String type, @Nullable StreamId after, int limit) {
        var last = after == null ? BEFORE_ALL : after.value();
        return StreamRow.<StreamRow>find(
                        "type = ?1 and streamId > ?2", Sort.by("streamId"), type, last)
                .page(Page.ofSize(limit))
                .stream()
                .map(row -> new StreamSummary(row.streamId.toString(), row.version))
                .toList();
    }

    /** A stream that is to be given a command, and when. */
    @RegisterForReflection
    public record DueStream(UUID streamId, String type, Instant dueAt) {

        public StreamId id() {
            return new StreamId(streamId);
        }
    }

    /**
     * Streams whose next command is due, the longest due first, as they stand at this moment.
     *
     * @param after the last of the page before; null for the first page
     */
    public List<DueStream> due(Instant now, @Nullable DueStream after, int limit) {
        var last = after == null ? new DueStream(BEFORE_ALL, "", Instant.EPOCH) : after;
        return StreamRow.<StreamRow>find(
                        "dueAt <= ?1 and (dueAt, streamId) > (?2, ?3)",
                        Sort.by("dueAt", "streamId"),
                        now,
                        last.dueAt,
                        last.streamId)
                .page(Page.ofSize(limit))
                .project(DueStream.class)
                .list();
    }

    /** Whether there is such a stream of such a type. */
    public boolean exists(String type, StreamId id) {
        return StreamRow.count("type = ?1 and streamId = ?2", type, id.value()) > 0;
    }

    /** The stream's events with a version above {@code after}, oldest first. */
    public List<RecordedEvent> events(StreamId id, long after, int limit) {
        return EventRow.<EventRow>find(
                        "streamId = ?1 and version > ?2", Sort.by("version"), id.value(), after)
                .page(Page.ofSize(limit))
                .stream()
                .map(row -> new RecordedEvent(row.written(), Sha256.ofRow(row.hash)))
                .toList();
    }

    /** The stream's events up to a version, oldest first, read page by page as they are taken. */
    public Stream<RecordedEvent> eventsUpTo(StreamId id, long version) {
        return Stream.iterate(
                        events(id, 0, REPLAY_PAGE),
                        page -> !page.isEmpty(),
                        page -> events(id, page.getLast().event().version(), REPLAY_PAGE))
                .flatMap(List::stream)
                .takeWhile(event -> event.event().version() <= version);
    }
}
