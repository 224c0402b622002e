package banking.account;

import static banking.account.Scenario.ALICE;
import static banking.account.Scenario.BOB;
import static banking.account.Scenario.HOLD;
import static banking.account.Scenario.LATER;
import static banking.account.Scenario.NOW;
import static banking.account.Scenario.OPENED;
import static banking.account.Scenario.TRANSFER;
import static banking.account.Scenario.deposited;
import static banking.account.Scenario.eur;
import static banking.account.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import banking.account.AccountCommand.PlaceHold;
import banking.account.AccountCommand.RequestTransfer;
import banking.account.AccountCommand.WithdrawMoney;
import banking.aggregate.Decision;
import banking.events.AccountEvent;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.HoldReleased;
import banking.events.AccountEvent.MoneyWithdrawn;
import banking.events.AccountEvent.TransferRequested;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may leave an account at once, on a day and in a month: 10, 20 and 30 euros. */
class SpentTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-01-30");
    private static final AccountEvent RICH = deposited("1000.00", "1000.00");

    private static Limits limits(LocalDate day) {
        return new Limits(day, 1000, 2000, 3000);
    }

    private static WithdrawMoney withdrawal(String amount, LocalDate day) {
        return new WithdrawMoney(eur(amount), null, limits(day));
    }

    private static AccountEvent withdrawn(String amount, LocalDate day) {
        return new MoneyWithdrawn(eur(amount), eur("1000.00"), null, day);
    }

    private static boolean isWithin(Scenario.Given account, String amount, LocalDate day) {
        return account.when(withdrawal(amount, day)).decision() instanceof Decision.Accepted<?>;
    }

    @Test
    void one_amount_is_limited() {
        given(OPENED, RICH)
                .when(withdrawal("10.00", TODAY))
                .then(new MoneyWithdrawn(eur("10.00"), eur("990.00"), null, TODAY));
        given(OPENED, RICH).when(withdrawal("10.01", TODAY)).thenRejected("limit-exceeded");
    }

    @ParameterizedTest
    @CsvSource({
        // On the day itself, on the next, in the next month, and by a clock that is behind.
        "2026-01-30, 4.00, true",
        "2026-01-30, 4.01, false",
        "2026-01-31, 10.00, true",
        "2026-02-01, 10.00, true",
        "2026-01-29, 4.01, false",
    })
    void a_days_amounts_are_limited(LocalDate day, String amount, boolean isWithin) {
        var account = given(OPENED, RICH, withdrawn("10.00", TODAY), withdrawn("6.00", TODAY));
        assertThat(isWithin(account, amount, day)).isEqualTo(isWithin);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31, 5.00, true",
        "2026-01-31, 5.01, false",
        "2026-02-01, 5.01, true",
        "2027-01-31, 5.01, true",
    })
    void a_months_amounts_are_limited(LocalDate day, String amount, boolean isWithin) {
        var begun = LocalDate.parse("2026-01-02");
        var account = given(OPENED, RICH, withdrawn("15.00", begun), withdrawn("10.00", TODAY));
        assertThat(isWithin(account, amount, day)).isEqualTo(isWithin);
    }

    @Test
    void transfers_and_holds_count_as_withdrawals_do_and_what_comes_back_counts_on() {
        var transfer = new RequestTransfer(TRANSFER, ALICE, BOB, eur("10.00"), null, limits(TODAY));
        var requested =
                new TransferRequested(TRANSFER, BOB, eur("10.00"), eur("990.00"), null, TODAY);
        var place = new PlaceHold(HOLD, eur("10.00"), LATER, NOW, null, limits(TODAY));
        var placed = new HoldPlaced(HOLD, eur("10.00"), LATER, null, TODAY);
        var released = new HoldReleased(HOLD, eur("10.00"), null);
        given(OPENED, RICH).when(transfer).then(requested);
        given(OPENED, RICH, requested).when(place).then(placed);
        given(OPENED, RICH, requested, placed, released)
                .when(withdrawal("0.01", TODAY))
                .thenRejected("limit-exceeded");
    }

    @Test
    void what_was_approved_counts_against_nothing() {
        var approved = AccountCommand.approved(withdrawal("500.00", TODAY));
        given(OPENED, RICH)
                .when(approved)
                .then(new MoneyWithdrawn(eur("500.00"), eur("500.00"), null));
    }

    @Test
    void what_is_not_there_waits_for_nobody() {
        given(OPENED, deposited("5.00", "5.00"))
                .when(withdrawal("50.00", TODAY))
                .thenRejected("insufficient-funds");
    }
}
