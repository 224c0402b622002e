package banking.projection;

import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.embedded.BankTestResource;
import banking.events.Topic;
import banking.events.codec.Heartbeat;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** A heartbeat shows that a view is not behind, and is nothing else to it. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class HeartbeatsTest {

    private static final String PROJECTION = "employees";
    private static final int PARTITION = 2;

    @Inject MeterRegistry metrics;

    @Test
    void a_heartbeat_only_tells_that_it_has_come() throws Exception {
        int nameless = nameless();
        var sentAt = Instant.now();

        send(sentAt);

        Bank.eventually()
                .untilAsserted(
                        () -> {
                            var since = Duration.between(sentAt, Instant.now()).toMillis() / 1e3;
                            assertThat(figure("bank.projection.heartbeat.age"))
                                    .isLessThan(since + 0.1);
                            assertThat(figure("bank.projection.lag")).isLessThan(since + 0.1);
                            assertThat(figure("bank.projection.lag.events")).isZero();
                        });
        assertThat(nameless()).isEqualTo(nameless);
    }

    /** Somebody else's clock, or somebody who wants a lost one not to be noticed. */
    @Test
    void a_heartbeat_of_tomorrow_is_one_of_now() throws Exception {
        send(Instant.now().plus(Duration.ofDays(1)));

        Bank.eventually()
                .untilAsserted(
                        () -> {
                            assertThat(figure("bank.projection.lag.events")).isZero();
                            assertThat(figure("bank.projection.heartbeat.age"))
                                    .isBetween(0.0, 60.0);
                        });
    }

    private static void send(Instant sentAt) throws ExecutionException, InterruptedException {
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers", BankTestResource.addresses().bootstrapServers());
        try (var producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var record = new ProducerRecord<byte[], byte[]>(Topic.EMPLOYEES, PARTITION, null, null);
            Heartbeat.writeHeaders(PARTITION, sentAt, record.headers()::add);
            producer.send(record).get();
        }
    }

    private double figure(String name) {
        return metrics.get(name)
                .tag("projection", PROJECTION)
                .tag("partition", "" + PARTITION)
                .gauge()
                .value();
    }

    private static int nameless() {
        return Bank.as("operator")
                .get("/projections/" + PROJECTION + "/nameless")
                .then()
                .statusCode(200)
                .extract()
                .<List<?>>path("nameless")
                .size();
    }
}
