package banking.outbox;

import static banking.Bank.deposit;
import static banking.Bank.open;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Concurrently;
import banking.database.Transactions;
import banking.database.Vacuum;
import banking.events.StreamId;
import banking.events.codec.EventCodec;
import banking.events.codec.WrittenEvent;
import banking.health.Standstills;
import banking.story.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class RelayTest {

    @Inject Transactions transactions;
    @Inject Vacuum vacuum;
    @Inject OutboxConfig config;
    @Inject JournalWatch journal;
    @Inject MeterRegistry metrics;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @Test
    void what_is_committed_is_published_as_it_stands_in_the_journal() {
        var account = open("10.00");
        Bank.teller()
                .header("X-Correlation-ID", "story-1")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .body(Bank.movement("1.00"))
                .post("/accounts/{id}/deposits", account)
                .then()
                .statusCode(201);

        var events = Bank.topic(account);

        assertThat(events).extracting(WrittenEvent::version).containsExactly(1L, 2L, 3L);
        var last = events.getLast();
        assertThat(EventCodec.STANDARD.read(last).event().toString()).contains("1.00 EUR");
        assertThat(last.correlationId()).isEqualTo("story-1");
        assertThat(last.actor()).isEqualTo("teller");
        assertThat(last.traceparent()).startsWith("00-0af76519");
        assertThat(Bank.count("outbox")).isZero();
    }

    /** Two relays share the shards; nothing is lost, doubled or overtaken. */
    @Test
    void two_relays_at_work_keep_every_stream_in_order() throws InterruptedException {
        var accounts = IntStream.range(0, 20).mapToObj(i -> open("0.00")).toList();
        var outbox = new Outbox(config);
        var second =
                new Relay(
                        outbox,
                        transactions,
                        vacuum,
                        new KafkaPublisher(kafka, config),
                        journal,
                        config,
                        new Standstills(new SimpleMeterRegistry()),
                        Traces.off(),
                        metrics);
        second.start(new StartupEvent());
        var next = new AtomicInteger();

        Concurrently.times(
                600, () -> deposit(accounts.get(next.getAndIncrement() % 20), "1.00").statusCode());

        Bank.awaitPublished();
        second.stop(new ShutdownEvent());
        var versions =
                Bank.topic().stream()
                        .collect(
                                Collectors.groupingBy(
                                        WrittenEvent::streamId,
                                        Collectors.mapping(
                                                WrittenEvent::version, Collectors.toList())));
        assertThat(accounts)
                .allSatisfy(
                        account ->
                                assertThat(versions.get(StreamId.fromString(account)))
                                        .isEqualTo(
                                                IntStream.rangeClosed(1, 31)
                                                        .asLongStream()
                                                        .boxed()
                                                        .toList()));
    }
}
