package banking.seal;

import static banking.Bank.as;
import static banking.Bank.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Published;
import banking.embedded.BankTestResource;
import banking.events.Topic;
import banking.events.codec.Sha256;
import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class SealsTest {

    @AfterAll
    static void forget() throws Exception {
        Published.forget();
    }

    @Inject SealRows rows;
    @Inject SealKeys keys;
    @Inject MeterRegistry metrics;

    @Test
    void what_was_committed_is_sealed_in_the_database_and_in_the_topic() throws Exception {
        var event = open("10.00") + ":2";
        Bank.awaitSealed(event);

        var seal = rows.with("journal", event, Instant.now().minusSeconds(60)).orElseThrow();
        assertThat(seal.flaw(keys)).isNull();
        var text = Seal.parse(seal.text());
        assertThat(text.source()).isEqualTo("journal");
        if (text.number() > 1) {
            assertThat(rows.text(text.number() - 1).map(SignedSeal::hash))
                    .contains(text.previous());
        }
        awaitTopic(seal);
        as("operator")
                .get("/journal/seals?after={before}", text.number() - 1)
                .then()
                .statusCode(200)
                .body("seals[0].root", equalTo(text.root()))
                .body("seals[0].hash", equalTo(SignedSeal.hash(seal.text())));
        as("auditor")
                .get("/journal/seals/{seal}", text.number())
                .then()
                .statusCode(200)
                .body("text", equalTo(seal.text()))
                .body("leaves.size()", equalTo(text.leaves()));
    }

    private static void awaitTopic(SignedSeal seal) {
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .untilAsserted(() -> assertThat(topic()).contains(seal.document()));
    }

    private static List<String> topic() {
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers", BankTestResource.addresses().bootstrapServers());
        var documents = new ArrayList<String>();
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var place = new TopicPartition(Topic.SEALS, 0);
            consumer.assign(List.of(place));
            consumer.seekToBeginning(List.of(place));
            var end = consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
            while (consumer.position(place) < end) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    documents.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return documents;
    }

    @Test
    void an_event_is_proved_by_what_it_says_and_a_path_to_a_signed_root() {
        var event = open("10.00") + ":2";
        Bank.awaitSealed(event);

        var proof = as("auditor").get("/journal/proofs/{event}", event);

        proof.then().statusCode(200).body("name", equalTo(event)).body("seal", greaterThan(0));
        requireLeadsToItsRoot(proof);
    }

    /** As an auditor does who has the answer alone. */
    static void requireLeadsToItsRoot(Response proof) {
        var content = Sha256.of(proof.<String>path("content"));
        var hash = MerkleTree.leaf(content, hash(proof.path("hash")));
        assertThat(hash).hasToString(proof.path("leaf"));
        for (var step : proof.<List<String>>path("path")) {
            var neighbour = hash(step.substring(step.indexOf(' ') + 1));
            hash =
                    step.startsWith("left ")
                            ? MerkleTree.node(neighbour, hash)
                            : MerkleTree.node(hash, neighbour);
        }
        assertThat(hash).hasToString(Seal.parse(proof.path("text")).root());
    }

    private static Sha256 hash(String hexadecimal) {
        return Sha256.ofBytes(HexFormat.of().parseHex(hexadecimal));
    }

    /** The last of them: nothing in the database tells of it any more. */
    @Test
    void a_seal_that_was_taken_out_at_the_end_is_brought_back_from_elsewhere() throws Exception {
        var event = open("10.00") + ":1";
        Bank.awaitSealed(event);
        var seal = rows.with("journal", event, Instant.now().minusSeconds(60)).orElseThrow();
        awaitTopic(seal);
        var missed = metrics.counter("bank.seals.missed").count();

        Bank.sql("delete from seal where number >= " + seal.number());

        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(rows.one(seal.number()).map(SignedSeal::document))
                                        .contains(seal.document()));
        assertThat(metrics.counter("bank.seals.missed").count()).isGreaterThan(missed);
        as("auditor")
                .get("/journal/seals?limit=1&after={before}", seal.number() - 1)
                .then()
                .body("seals.number", hasItem((int) seal.number()));
    }

    @Test
    void one_process_alone_seals_and_another_one_takes_over() throws Exception {
        var other = UUID.randomUUID();
        assertThat(rows.takeTurn(other, Duration.ofSeconds(1))).isFalse();
        Bank.sql("update sealing set leased_until = '-infinity'");
        Awaitility.await().atMost(Bank.PATIENCE).until(() -> takeFreeTurn(other));

        assertThatThrownBy(() -> rows.move(UUID.randomUUID(), "journal", "elsewhere"))
                .hasMessageContaining("another process");
        rows.giveTurnBack(other);
    }

    private boolean takeFreeTurn(UUID other) throws Exception {
        Bank.sql("update sealing set leased_until = '-infinity'");
        return rows.takeTurn(other, Duration.ofSeconds(1));
    }

    @Test
    void a_forged_seal_is_none() {
        var leaves = List.of(new Leaf("somebody:1", Sha256.of("it")));
        var seal =
                new Seal(
                        1,
                        Instant.EPOCH,
                        Seal.NONE,
                        "journal",
                        "-",
                        "nothing",
                        1,
                        Seal.root(leaves),
                        keys.current());
        var text = seal.text();
        var signed = new SignedSeal(1, text, keys.sign(text), leaves);
        var others = new SignedSeal(1, text, "AAAA", leaves);
        var more =
                new SignedSeal(
                        1, text, keys.sign(text), List.of(leaves.getFirst(), leaves.getFirst()));
        var changed =
                new SignedSeal(2, text.replace("number 1", "number 2"), keys.sign(text), leaves);

        assertThat(signed.flaw(keys)).isNull();
        assertThat(SignedSeal.parse(signed.document()).document()).isEqualTo(signed.document());
        assertThat(others.flaw(keys)).contains("not signed");
        assertThat(changed.flaw(keys)).contains("not signed");
        assertThat(more.flaw(keys)).contains("other leaves");
    }
}
