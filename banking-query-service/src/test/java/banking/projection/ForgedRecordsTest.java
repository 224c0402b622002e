package banking.projection;

import static banking.Feed.deposit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.codec.ChainKeys;
import banking.events.codec.RecordedEvent;
import banking.events.codec.Sha256;
import banking.events.codec.WrittenEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A record that no command wrote is not shown, or is found out by the next one that one did. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class ForgedRecordsTest {

    private final UUID id = UUID.randomUUID();

    @Inject MeterRegistry metrics;

    private double unfitting() {
        return metrics.get("bank.projection.forged.records")
                .tag("projection", "accounts")
                .counter()
                .count();
    }

    /** What somebody would like to be the account's next event. */
    private WrittenEvent windfall(int version) {
        var real = deposit(id, version);
        var forged =
                Feed.written(
                        real,
                        real.type(),
                        real.schemaVersion(),
                        real.payload().replace(":100,", ":77700000,"));
        assertThat(forged.payload()).isNotEqualTo(real.payload());
        return forged;
    }

    private void awaitReason(String reason) {
        Bank.eventually()
                .untilAsserted(
                        () ->
                                Bank.parked()
                                        .then()
                                        .body(
                                                "parked.find { it.streamId == '%s' }?.reason"
                                                        .formatted(id),
                                                containsString(reason)));
    }

    @Test
    void a_record_without_the_hash_of_what_it_says_is_not_shown_and_the_real_event_is() {
        var before = unfitting();
        Feed.send(Feed.account(id, "Ada", 2));
        var real = Feed.recorded(deposit(id, 3));
        Feed.send(new RecordedEvent(windfall(3), real.previous(), real.hash()));

        awaitReason("its hash is not that of what it says");
        assertThat(unfitting()).isEqualTo(before + 1);
        Bank.account(id).body("version", equalTo(2)).body("balance.amount", equalTo("1.00"));

        Feed.send(real, Feed.recorded(deposit(id, 4)));
        Bank.account(id, 4).body("balance.amount", equalTo("3.00")).body("behind", equalTo(false));
    }

    @Test
    void a_record_that_follows_on_another_event_is_not_shown() {
        var before = unfitting();
        Feed.send(Feed.account(id, "Ben", 2));
        Feed.send(Feed.KEYS.after(Sha256.of("a guess"), windfall(3)));

        awaitReason("it follows on another event than on version 2 here");
        assertThat(unfitting()).isEqualTo(before + 1);
        Bank.account(id).body("version", equalTo(2)).body("behind", equalTo(true));

        Feed.send(deposit(id, 3));
        Bank.account(id, 3).body("balance.amount", equalTo("2.00")).body("behind", equalTo(false));
    }

    @Test
    void a_record_made_with_all_that_kafka_tells_is_not_shown() {
        var before = unfitting();
        Feed.send(Feed.account(id, "Dan", 2));
        var last = Feed.recorded(deposit(id, 2)).hash();
        var others = ChainKeys.of(List.of("1 " + "0c".repeat(32)));
        Feed.send(others.after(last, windfall(3)));

        awaitReason("its hash is not that of what it says");
        assertThat(unfitting()).isEqualTo(before + 1);
        Bank.account(id).body("version", equalTo(2)).body("balance.amount", equalTo("1.00"));
    }

    @Test
    void a_record_made_with_the_key_is_found_out_by_the_event_whose_place_it_took() {
        var before = unfitting();
        Feed.send(Feed.account(id, "Cid", 2));
        Feed.send(windfall(3));
        Bank.account(id, 3);

        Feed.send(deposit(id, 3), deposit(id, 4));

        awaitReason("another event was taken in as version 3");
        assertThat(unfitting()).isEqualTo(before + 2);
        Bank.account(id).body("version", equalTo(3)).body("behind", equalTo(true));
    }
}
