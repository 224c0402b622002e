package banking.account;

import static banking.Feed.START;
import static banking.Feed.eur;
import static banking.Feed.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.HoldCaptured;
import banking.events.AccountEvent.HoldExpired;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.HoldReleased;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.OverdraftLimitChanged;
import banking.events.HoldId;
import banking.events.codec.WrittenEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class HoldQueriesTest {

    private static final Instant EXPIRY = Instant.parse("2026-02-03T04:05:06Z");

    private final UUID id = UUID.randomUUID();
    private final List<HoldId> holds =
            Stream.generate(UUID::randomUUID)
                    .limit(4)
                    .sorted(Comparator.comparing(UUID::toString))
                    .map(HoldId::new)
                    .toList();

    @Test
    void what_is_held_is_part_of_the_balance_but_not_available() {
        open("100.00");
        Feed.send(
                event(id, 3, new OverdraftLimitChanged(eur("50.00"))),
                place(4, holds.get(0), "30.00"),
                place(5, holds.get(1), "20.00"));

        Bank.account(id, 5)
                .body("balance.amount", equalTo("100.00"))
                .body("held.amount", equalTo("50.00"))
                .body("available.amount", equalTo("100.00"));
        Bank.as("teller")
                .get("/accounts/{id}/balance", id)
                .then()
                .body("balance.amount", equalTo("100.00"))
                .body("available.amount", equalTo("100.00"));
        Bank.as("teller")
                .queryParam("at", START.plusSeconds(1).toString())
                .get("/accounts/{id}/balance", id)
                .then()
                .body("available", nullValue());
    }

    @Test
    void a_hold_ends_captured_released_or_expired() {
        open("100.00");
        for (int i = 0; i < 4; i++) {
            Feed.send(place(3 + i, holds.get(i), "10.00"));
        }
        Bank.account(id, 6).body("held.amount", equalTo("40.00"));
        var ends =
                new WrittenEvent[] {
                    event(id, 7, captured(holds.get(0), "7.50", "92.50")),
                    event(id, 8, released(holds.get(1))),
                    event(id, 9, new HoldExpired(holds.get(2), eur("10.00"), "hotel"))
                };
        Feed.send(ends);
        Feed.send(ends);

        Bank.account(id, 9)
                .body("balance.amount", equalTo("92.50"))
                .body("held.amount", equalTo("10.00"))
                .body("available.amount", equalTo("82.50"));
        Bank.as("teller")
                .get("/accounts/{id}/holds?min-version=9", id)
                .then()
                .statusCode(200)
                .body("accountId", equalTo(id.toString()))
                .body("behind", equalTo(false))
                .body("holds.holdId", equalTo(holds.stream().map(HoldId::toString).toList()))
                .body("holds.status", contains("CAPTURED", "RELEASED", "EXPIRED", "OPEN"))
                .body("holds.amount.amount", contains("10.00", "10.00", "10.00", "10.00"))
                .body("holds[0].captured.amount", equalTo("7.50"))
                .body("holds[1].captured", nullValue())
                .body("holds[0].reference", equalTo("hotel"))
                .body("holds[0].placedAt", equalTo(START.plusSeconds(2).toString()))
                .body("holds[0].expiresAt", equalTo(EXPIRY.toString()))
                .body("holds[0].settledAt", equalTo(START.plusSeconds(6).toString()))
                .body("holds[3].settledAt", nullValue());
        Bank.as("teller")
                .get("/accounts/{id}/statement", id)
                .then()
                .body("entries.kind", contains("DEPOSIT", "HOLD_CAPTURE"))
                .body("entries[1].amount.amount", equalTo("7.50"))
                .body("entries[1].balance.amount", equalTo("92.50"))
                .body("entries[1].reference", equalTo("hotel"));
    }

    private static HoldCaptured captured(HoldId hold, String amount, String balance) {
        return new HoldCaptured(hold, eur(amount), eur("10.00"), eur(balance), "hotel");
    }

    private static HoldReleased released(HoldId hold) {
        return new HoldReleased(hold, eur("10.00"), "hotel");
    }

    @Test
    void holds_are_listed_in_pages_and_by_status() {
        open("100.00");
        for (int i = 0; i < 4; i++) {
            Feed.send(place(3 + i, holds.get(i), "10.00"));
        }
        Feed.send(event(id, 7, released(holds.get(0))));
        Bank.account(id, 7);

        var listed = new ArrayList<String>();
        var cursor = "";
        for (int page = 0; cursor != null && page < 10; page++) {
            var answer =
                    Bank.as("teller")
                            .get("/accounts/{id}/holds?status=OPEN&limit=2" + cursor, id)
                            .jsonPath();
            listed.addAll(answer.getList("holds.holdId", String.class));
            cursor = answer.get("next") == null ? null : "&after=" + answer.getString("next");
        }

        assertThat(listed).isEqualTo(holds.stream().skip(1).map(HoldId::toString).toList());
        Bank.as("teller")
                .get("/accounts/{id}/holds?status=RELEASED", id)
                .then()
                .body("holds", hasSize(1));
    }

    @Test
    void a_hold_that_is_not_open_cannot_end() {
        open("100.00");
        Feed.send(event(id, 3, released(holds.getFirst())));

        Bank.awaitParked(id, 1);
        Bank.account(id).body("version", equalTo(2)).body("behind", equalTo(true));
    }

    private void open(String deposit) {
        Feed.send(
                event(id, 1, new AccountOpened("Hilda", Feed.EUR, null)),
                event(id, 2, new MoneyDeposited(eur(deposit), eur(deposit), null)));
    }

    private WrittenEvent place(int version, HoldId hold, String amount) {
        return event(id, version, new HoldPlaced(hold, eur(amount), EXPIRY, "hotel"));
    }
}
