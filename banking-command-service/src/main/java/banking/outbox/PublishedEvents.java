package banking.outbox;

import banking.database.Transactions;
import banking.events.codec.ChainKeys;
import banking.events.codec.RecordedEvent;
import banking.journal.EventRows;
import banking.seal.Leaf;
import banking.seal.SealedSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The journal's events, for the sealer, as the topics have them: each is there once it is
 * committed, in an order that everybody sees, and the commands' database is not asked for them
 * again. What nobody has written who has the key is passed over, and told.
 */
@ApplicationScoped
@Startup
class PublishedEvents implements SealedSource {

    private static final Logger LOG = Logger.getLogger(PublishedEvents.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String NOTHING = "nothing";

    private final Transactions transactions;
    private final Map<String, Object> kafka;
    private final ChainKeys keys;
    private final Counter forged;

    private @Nullable LogTail tail;
    private String mark = "";

    PublishedEvents(
            Transactions transactions,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ChainKeys keys,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.kafka = kafka;
        this.keys = keys;
        forged =
                Counter.builder("bank.seals.forged.records")
                        .description("Records of topics that no command has written")
                        .register(metrics);
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public boolean isElsewhere() {
        return true;
    }

    @Override
    public synchronized Portion next(@Nullable String after, int most) {
        try {
            var from = tail(after == null ? NOTHING : after);
            var places = parse(mark);
            var leaves = new ArrayList<Leaf>();
            var page = from.next();
            for (; page != null; page = from.next()) {
                page.events().forEach(event -> add(event, leaves));
                places.putAll(page.next());
                if (leaves.size() + LogTail.PAGE > most) {
                    break;
                }
            }
            mark = text(places);
            return new Portion(leaves, mark, page == null);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public Map<String, Leaf> now(List<String> names) throws SQLException {
        var leaves = new HashMap<String, Leaf>();
        for (var event : transactions.single(s -> EventRows.named(s, names))) {
            leaves.put(event.event().id(), leaf(event));
        }
        return leaves;
    }

    private static Leaf leaf(RecordedEvent event) {
        var content = RecordedEvent.content(event.event()).digest();
        return Leaf.of(event.event().id(), content, event.hash());
    }

    @Override
    public Optional<Original> original(String name) throws SQLException {
        return transactions.single(s -> EventRows.named(s, List.of(name))).stream()
                .findFirst()
                .map(
                        event ->
                                new Original(
                                        RecordedEvent.content(event.event()).toString(),
                                        event.hash(),
                                        event.event().occurredAt()));
    }

    private void add(RecordedEvent event, List<Leaf> leaves) {
        if (keys.isIntact(event)) {
            leaves.add(leaf(event));
        } else {
            forged.increment();
            LOG.errorf("A record is none of the journal's: %s", event.event().id());
        }
    }

    /** Kept open, as long as nobody else goes on with it. */
    private LogTail tail(String after) {
        var open = tail;
        if (open != null && mark.equals(after)) {
            open.goOn();
            return open;
        }
        close();
        open = new LogTail("sealer", kafka, PATIENCE, parse(after));
        tail = open;
        mark = after;
        return open;
    }

    private static Map<LogPlace, Long> parse(String mark) {
        var places = new HashMap<LogPlace, Long>();
        for (var each : mark.equals(NOTHING) ? new String[0] : mark.split(" ")) {
            var words = each.split("[/@]", 3);
            places.put(
                    new LogPlace(words[0], Integer.parseInt(words[1])), Long.parseLong(words[2]));
        }
        return places;
    }

    private static String text(Map<LogPlace, Long> places) {
        return places.isEmpty()
                ? NOTHING
                : places.entrySet().stream()
                        .map(
                                each ->
                                        each.getKey().topic()
                                                + "/"
                                                + each.getKey().partition()
                                                + "@"
                                                + each.getValue())
                        .sorted()
                        .collect(Collectors.joining(" "));
    }

    @PreDestroy
    synchronized void close() {
        var open = tail;
        tail = null;
        if (open != null) {
            open.close();
        }
    }
}
