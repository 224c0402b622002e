package banking.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.People;
import banking.database.Transactions;
import banking.embedded.BankTestResource;
import banking.events.CustomerId;
import banking.events.Topic;
import banking.events.codec.MasterKeys;
import banking.journal.CustomerKeys;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** There is a new master key, and some customers' keys were wrapped with the one of before. */
@CommandServiceTest
class RewrappingTest {

    @Inject Transactions transactions;
    @Inject MasterKeys masters;

    private final MasterKeys old = MasterKeys.parse(BankTestResource.OLD_MASTER_KEY);

    private CustomerId customerOfBefore() throws SQLException {
        var customer = CustomerId.fromString(People.customer(People.newAddress()));
        var wrapped = old.wrap(masters.unwrap(wrapped(customer).orElseThrow(), customer), customer);
        Bank.sql(
                "update customer_key set wrapped = '%s' where customer_id = '%s'"
                        .formatted(wrapped, customer));
        return customer;
    }

    private Optional<String> wrapped(CustomerId customer) throws SQLException {
        return transactions
                .single(s -> CustomerKeys.wrapped(s, List.of(customer)))
                .getOrDefault(customer, Optional.empty());
    }

    @Test
    void all_keys_are_wrapped_with_the_newest_and_published_so_and_no_erased_one_comes_back()
            throws Exception {
        var first = customerOfBefore();
        var second = customerOfBefore();
        var erased = customerOfBefore();
        Bank.as("supervisor")
                .post("/customers/{id}/erasure", erased.toString())
                .then()
                .statusCode(200);
        Bank.awaitPublished();

        Bank.as("operator")
                .post("/journal/keys/wrapping?because=a+new+one")
                .then()
                .statusCode(200)
                .body("wrapped", greaterThanOrEqualTo(2))
                .body("left", equalTo(0));
        Bank.as("operator")
                .post("/journal/keys/wrapping")
                .then()
                .statusCode(200)
                .body("wrapped", equalTo(0));

        for (var customer : List.of(first, second)) {
            assertThat(wrapped(customer).orElseThrow()).startsWith(masters.newest());
            People.state("customer", customer.toString())
                    .then()
                    .statusCode(200)
                    .body("intact", equalTo(true));
        }
        assertThat(wrapped(erased)).isEmpty();
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(topic())
                                        .containsEntry(first.toString(), newest(first))
                                        .containsEntry(second.toString(), newest(second)));
        assertThat(topic()).containsEntry(erased.toString(), null);
    }

    private String newest(CustomerId customer) throws SQLException {
        return wrapped(customer).orElseThrow();
    }

    /** What whoever reads it to its end has by then. */
    private static Map<String, @Nullable String> topic() {
        var keys = new HashMap<String, @Nullable String>();
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers", BankTestResource.addresses().bootstrapServers());
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var place = new TopicPartition(Topic.KEYS, 0);
            consumer.assign(List.of(place));
            consumer.seekToBeginning(List.of(place));
            var end = consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
            while (consumer.position(place) < end) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    var value = record.value();
                    keys.put(
                            record.key(),
                            value == null ? null : new String(value, StandardCharsets.UTF_8));
                }
            }
        }
        return keys;
    }
}
