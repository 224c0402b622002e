package banking.account;

import static org.assertj.core.api.Assertions.assertThat;

import banking.aggregate.Decision;
import banking.events.AccountEvent;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.TransferRequested;
import banking.events.AccountId;
import banking.events.Currency;
import banking.events.HoldId;
import banking.events.Money;
import banking.events.TransferId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Given a history, when a command comes, then these events or this rejection follow. */
final class Scenario {

    static final Currency EUR = new Currency("EUR");
    static final Money USD_1 = new Money(100, new Currency("USD"));
    static final AccountId ALICE = new AccountId(new UUID(0, 1));
    static final AccountId BOB = new AccountId(new UUID(0, 2));
    static final TransferId TRANSFER = new TransferId(new UUID(0, 3));
    static final HoldId HOLD = new HoldId(new UUID(0, 4));
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final Instant LATER = NOW.plusSeconds(60);
    static final AccountEvent OPENED = new AccountOpened("Alice", EUR, null);

    private Scenario() {}

    static AccountEvent requested(String amount, String balance) {
        return new TransferRequested(TRANSFER, BOB, eur(amount), eur(balance), "rent");
    }

    static AccountEvent held(String amount) {
        return new HoldPlaced(HOLD, eur(amount), LATER, "hotel");
    }

    static AccountEvent deposited(String amount, String balance) {
        return new MoneyDeposited(eur(amount), eur(balance), null);
    }

    static Money eur(String amount) {
        return Money.of(new BigDecimal(amount), EUR);
    }

    static Given given(AccountEvent... history) {
        Account state = new Account.NotOpened();
        for (var event : history) {
            state = Account.evolve(state, event);
        }
        return new Given(state);
    }

    record Given(Account state) {
        When when(AccountCommand command) {
            return new When(Account.decide(state, command));
        }
    }

    record When(Decision<AccountEvent> decision) {
        void then(AccountEvent... events) {
            assertThat(decision).isEqualTo(new Decision.Accepted<>(List.of(events)));
        }

        void thenRejected(String code) {
            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Decision.Rejected.class,
                            rejected -> assertThat(rejected.rejection().code()).isEqualTo(code));
        }
    }
}
