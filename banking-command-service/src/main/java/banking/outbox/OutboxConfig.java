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

    /** How many events of one shard are published in one round, after one row at the least. */
    @WithDefault("1000")
    int eventsPerShard();

    /**
     * How many committed events are kept in memory for this process's relay at the most; those
     * beyond it reads from the journal.
     */
    @WithDefault("10000")
    int rememberedEvents();

    /** How many characters their payloads have together at the most. */
    @WithDefault("16000000")
    int rememberedCharacters();

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

    /**
     * For how long a relay has the shards that it publishes before it must ask for them anew. Those
     * of a process that is frozen or gone are free after that time.
     */
    @WithDefault("3s")
    Duration lease();

    /**
     * How long a round waits for acknowledgements while Kafka gives others. A stream that has none
     * by then waits on its own, and the next round begins without it.
     */
    @WithDefault("500ms")
    Duration patience();

    /** How long Kafka may answer nothing at all before it is taken to be away. */
    @WithDefault("5s")
    Duration answerTimeout();

    /** How long Kafka may take to acknowledge an event before that counts as a refusal. */
    @WithDefault("10s")
    Duration deliveryTimeout();

    /** How many refused streams are tried again at the same time. */
    @WithDefault("100")
    int triedAtOnce();

    /**
     * How long the relay, or a refused stream, rests after its first failure; it doubles with every
     * further one.
     */
    @WithDefault("100ms")
    Duration backOff();

    /** How long it rests at the most. */
    @WithDefault("5s")
    Duration longestBackOff();

    /** How long the round in hand may take when the process ends, before it is cut short. */
    @WithDefault("2s")
    Duration stopTimeout();

    /** How often it is looked how much waits. */
    @WithDefault("1s")
    Duration figuresEvery();

    /** How often each shard lets a heartbeat through, or "off". */
    @WithDefault("30s")
    String heartbeatEvery();

    /**
     * How long after one page of events that are published again the next one begins, of 1000
     * events at the most: what is new has the rest of the time.
     */
    @WithDefault("200ms")
    Duration republishPace();
}
