package banking.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of the relay. */
@ConfigMapping(prefix = "bank.outbox")
public interface OutboxConfig {

    /** Whether this process publishes at all; another one then has to. */
    @WithDefault("true")
    boolean relay();

    /**
     * How many events of one shard are published in one transaction, after one row at the least.
     */
    @WithDefault("1000")
    int eventsPerShard();

    /**
     * How many committed events are kept in memory for this process's relay at the most; those
     * beyond it reads from the journal.
     */
    @WithDefault("10000")
    int rememberedEvents();

    /** After how many deleted rows the table is vacuumed. */
    @WithDefault("2000")
    int rowsPerVacuum();

    /**
     * How long after one batch begins the next one at the earliest. A busy relay so takes more rows
     * at a time: at full load every batch costs Kafka and the database as much as its rows.
     */
    @WithDefault("8ms")
    Duration pace();

    /** How long an idle relay waits at most before it looks for rows that others left behind. */
    @WithDefault("250ms")
    Duration idlePoll();

    /** How long Kafka may take to acknowledge a batch; the shards are locked for that long. */
    @WithDefault("10s")
    Duration deliveryTimeout();

    /** How long the relay rests after its first failure; it doubles with every further one. */
    @WithDefault("100ms")
    Duration backOff();

    /** How long it rests at the most. */
    @WithDefault("5s")
    Duration longestBackOff();
}
