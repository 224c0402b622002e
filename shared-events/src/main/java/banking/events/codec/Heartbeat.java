package banking.events.codec;

import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A record that is no event: it only says that the way that events take is free, and since when it
 * has been on it. It has a CloudEvent's headers, no payload and no key, since it is no aggregate's.
 */
public final class Heartbeat {

    private static final String TYPE = "Heartbeat";

    private Heartbeat() {}

    /**
     * Hands every header to {@code headers}.
     *
     * @param shard of the outbox that it went through
     */
    public static void writeHeaders(int shard, Instant sentAt, BiConsumer<String, byte[]> headers) {
        CloudEvent.writeHeaders("heartbeat/" + shard + "/" + sentAt, TYPE, sentAt, headers);
    }

    /** When it was sent; null where the record is none. */
    public static @Nullable Instant sentAt(Function<String, byte @Nullable []> headers) {
        return TYPE.equals(CloudEvent.type(headers)) ? CloudEvent.time(headers) : null;
    }
}
