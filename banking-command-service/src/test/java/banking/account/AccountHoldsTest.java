package banking.account;

import static banking.account.Scenario.HOLD;
import static banking.account.Scenario.LATER;
import static banking.account.Scenario.NOW;
import static banking.account.Scenario.OPENED;
import static banking.account.Scenario.deposited;
import static banking.account.Scenario.eur;
import static banking.account.Scenario.given;
import static banking.account.Scenario.held;

import banking.account.AccountCommand.CaptureHold;
import banking.account.AccountCommand.CloseAccount;
import banking.account.AccountCommand.ExpireHold;
import banking.account.AccountCommand.PlaceHold;
import banking.account.AccountCommand.ReleaseHold;
import banking.account.AccountCommand.WithdrawMoney;
import banking.events.AccountEvent.HoldCaptured;
import banking.events.AccountEvent.HoldExpired;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.HoldReleased;
import banking.events.AccountEvent.MoneyWithdrawn;
import banking.events.AccountEvent.OverdraftLimitChanged;
import org.junit.jupiter.api.Test;

class AccountHoldsTest {

    @Test
    void what_is_held_stays_on_the_account_and_cannot_leave_it() {
        given(OPENED, deposited("5.00", "5.00"))
                .when(new PlaceHold(HOLD, eur("3.00"), LATER, NOW, "hotel"))
                .then(new HoldPlaced(HOLD, eur("3.00"), LATER, "hotel"));
        given(OPENED, deposited("5.00", "5.00"), held("3.00"))
                .when(new WithdrawMoney(eur("2.01"), null))
                .thenRejected("insufficient-funds");
        given(OPENED, deposited("5.00", "5.00"), held("3.00"))
                .when(new WithdrawMoney(eur("2.00"), null))
                .then(new MoneyWithdrawn(eur("2.00"), eur("3.00"), null));
    }

    @Test
    void a_hold_is_captured_whole_or_in_part() {
        given(OPENED, deposited("5.00", "5.00"), held("3.00"))
                .when(new CaptureHold(HOLD, null, NOW))
                .then(new HoldCaptured(HOLD, eur("3.00"), eur("3.00"), eur("2.00"), "hotel"));
        given(OPENED, deposited("5.00", "5.00"), held("3.00"))
                .when(new CaptureHold(HOLD, eur("1.00"), NOW))
                .then(new HoldCaptured(HOLD, eur("1.00"), eur("3.00"), eur("4.00"), "hotel"));
        given(OPENED, deposited("5.00", "5.00"), held("3.00"))
                .when(new CaptureHold(HOLD, eur("3.01"), NOW))
                .thenRejected("exceeds-hold");
    }

    @Test
    void a_hold_whose_time_has_come_is_not_captured() {
        given(OPENED, deposited("5.00", "5.00"), held("3.00"))
                .when(new CaptureHold(HOLD, null, LATER))
                .thenRejected("hold-expired");
        given(OPENED, deposited("5.00", "5.00"), held("3.00"))
                .when(new ExpireHold(HOLD))
                .then(new HoldExpired(HOLD, eur("3.00"), "hotel"));
    }

    @Test
    void a_hold_ends_once() {
        given(
                        OPENED,
                        deposited("5.00", "5.00"),
                        held("3.00"),
                        new HoldReleased(HOLD, eur("3.00"), "hotel"))
                .when(new ReleaseHold(HOLD))
                .thenRejected("hold-not-found");
        given(
                        OPENED,
                        deposited("5.00", "5.00"),
                        held("3.00"),
                        new HoldReleased(HOLD, eur("3.00"), "hotel"))
                .when(new CaptureHold(HOLD, null, NOW))
                .thenRejected("hold-not-found");
    }

    @Test
    void a_hold_expires_in_the_future() {
        given(OPENED, deposited("5.00", "5.00"))
                .when(new PlaceHold(HOLD, eur("3.00"), NOW, NOW, null))
                .thenRejected("expiry-out-of-bounds");
        var beyond = NOW.plus(Funds.LONGEST_HOLD).plusSeconds(1);
        given(OPENED, deposited("5.00", "5.00"))
                .when(new PlaceHold(HOLD, eur("3.00"), beyond, NOW, null))
                .thenRejected("expiry-out-of-bounds");
    }

    @Test
    void an_account_with_a_hold_is_not_closed() {
        given(OPENED, new OverdraftLimitChanged(eur("5.00")), held("3.00"))
                .when(new CloseAccount())
                .thenRejected("holds-open");
    }
}
