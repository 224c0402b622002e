package banking;

import banking.embedded.BankTestResource;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.MoneyWithdrawn;
import banking.events.CommandId;
import banking.events.Currency;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.Money;
import banking.events.StreamId;
import banking.events.Topic;
import banking.events.codec.ChainKeys;
import banking.events.codec.CloudEvent;
import banking.events.codec.EventCodec;
import banking.events.codec.RecordedEvent;
import banking.events.codec.Sha256;
import banking.events.codec.WrittenEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to the topics what the command service would write, and what it never should. */
public final class Feed {

    public static final Currency EUR = new Currency("EUR");

    /** When the first event of every account here occurred; each further one is a second later. */
    public static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");

    /** The bank's own, which nobody else has. */
    public static final ChainKeys KEYS = ChainKeys.read(BankTestResource.chainKeys());

    private static final KafkaProducer<byte[], byte[]> PRODUCER =
            new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            BankTestResource.addresses().bootstrapServers(),
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            true),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());

    /** By the types that each topic carries; accounts get the events of no type as well. */
    private static final Map<String, String> TOPICS =
            Arrays.stream(Event.class.getPermittedSubclasses())
                    .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                    .collect(
                            Collectors.toMap(
                                    Class::getSimpleName,
                                    type -> Topic.of(type.asSubclass(Event.class))));

    private static final Sha256 NOT_MADE = Sha256.of("an event that no test has made");

    /** The hashes of all events that were made, by their places. */
    private static final Map<String, Sha256> HASHES = new ConcurrentHashMap<>();

    private Feed() {}

    public static Money eur(String amount) {
        return Money.of(new BigDecimal(amount), EUR);
    }

    /** A new account's events: opened, then a deposit of 1.00 at each further version. */
    public static WrittenEvent[] account(UUID id, String owner, int versions) {
        var events = new WrittenEvent[versions];
        events[0] = event(id, 1, new AccountOpened(owner, EUR, null));
        for (int version = 2; version <= versions; version++) {
            events[version - 1] = deposit(id, version);
        }
        return events;
    }

    /** The deposit of 1.00 that makes this version, after nothing but such deposits. */
    public static WrittenEvent deposit(UUID id, int version) {
        var balance = new Money((version - 1) * 100L, EUR);
        return event(id, version, new MoneyDeposited(eur("1.00"), balance, "no. " + version));
    }

    public static WrittenEvent withdrawal(UUID id, int version, String amount, String balance) {
        return event(id, version, new MoneyWithdrawn(eur(amount), eur(balance), null));
    }

    public static WrittenEvent event(UUID id, int version, Event event) {
        return entered(
                EventCodec.STANDARD.write(
                        new Envelope<>(
                                new StreamId(id),
                                version,
                                event,
                                "correlation",
                                new CommandId(new UUID(id.getMostSignificantBits(), version)),
                                "teller",
                                START.plusSeconds(version - 1),
                                null,
                                null)));
    }

    /** The event is what the journal has from here on, after what was made before it. */
    private static WrittenEvent entered(WrittenEvent event) {
        HASHES.put(place(event, event.version()), recorded(event).hash());
        return event;
    }

    /** The event as what follows on the one before it. */
    public static RecordedEvent recorded(WrittenEvent event) {
        var before = place(event, event.version() - 1);
        return KEYS.after(
                event.version() == 1 ? Sha256.NONE : HASHES.getOrDefault(before, NOT_MADE), event);
    }

    private static String place(WrittenEvent event, long version) {
        return topic(event) + ":" + event.streamId() + ":" + version;
    }

    private static String topic(WrittenEvent event) {
        return TOPICS.getOrDefault(event.type(), Topic.ACCOUNTS);
    }

    public static WrittenEvent at(Instant occurredAt, WrittenEvent event) {
        return entered(
                new WrittenEvent(
                        event.streamId(),
                        event.version(),
                        event.type(),
                        event.schemaVersion(),
                        event.payload(),
                        event.correlationId(),
                        event.causationId(),
                        event.actor(),
                        occurredAt,
                        event.traceparent(),
                        event.causedBy()));
    }

    /** The event as something else at the same place of its stream. */
    public static WrittenEvent written(
            WrittenEvent event, String type, int schemaVersion, String payload) {
        return new WrittenEvent(
                event.streamId(),
                event.version(),
                type,
                schemaVersion,
                payload,
                event.correlationId(),
                event.causationId(),
                event.actor(),
                event.occurredAt(),
                event.traceparent(),
                event.causedBy());
    }

    public static ProducerRecord<byte[], byte[]> record(WrittenEvent event) {
        return record(recorded(event));
    }

    private static ProducerRecord<byte[], byte[]> record(RecordedEvent recorded) {
        var event = recorded.event();
        var record =
                new ProducerRecord<>(
                        topic(event), bytes(event.streamId().toString()), bytes(event.payload()));
        CloudEvent.writeHeaders(recorded, record.headers()::add);
        return record;
    }

    /** Sends in this order, and waits until Kafka has all of it. */
    public static void send(WrittenEvent... events) {
        sendRecords(Arrays.stream(events).map(event -> record(event)).toList());
    }

    /** Sends what may be none of the bank's events. */
    public static void send(RecordedEvent... events) {
        sendRecords(Arrays.stream(events).map(Feed::record).toList());
    }

    public static RecordMetadata sendRecord(ProducerRecord<byte[], byte[]> record) {
        return done(PRODUCER.send(record));
    }

    private static void sendRecords(List<ProducerRecord<byte[], byte[]>> records) {
        var sent = records.stream().map(PRODUCER::send).toList();
        sent.forEach(Feed::done);
    }

    private static RecordMetadata done(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
