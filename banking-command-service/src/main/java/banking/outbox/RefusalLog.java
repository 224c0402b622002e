package banking.outbox;

import banking.events.StreamId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Tells of each kind of refusal once, until nothing is refused any more. */
final class RefusalLog {

    private static final Logger LOG = Logger.getLogger(RefusalLog.class);

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    void tell(StreamId stream, Refusal refusal) {
        if (!refusal.kind().isEmpty() && told.add(refusal.kind())) {
            LOG.errorf(
                    "%s (stream %s; GET /outbox/refused names all). It is tried again by itself.",
                    refusal.reason(), stream);
        }
    }

    void over() {
        if (!told.isEmpty()) {
            told.clear();
            LOG.info("all that Kafka refused is published");
        }
    }
}
