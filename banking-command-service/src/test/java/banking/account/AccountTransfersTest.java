package banking.account;

import static banking.account.Scenario.ALICE;
import static banking.account.Scenario.BOB;
import static banking.account.Scenario.EUR;
import static banking.account.Scenario.OPENED;
import static banking.account.Scenario.TRANSFER;
import static banking.account.Scenario.deposited;
import static banking.account.Scenario.eur;
import static banking.account.Scenario.given;
import static banking.account.Scenario.held;
import static banking.account.Scenario.requested;

import banking.account.AccountCommand.CloseAccount;
import banking.account.AccountCommand.CompleteTransfer;
import banking.account.AccountCommand.DepositMoney;
import banking.account.AccountCommand.ReceiveTransfer;
import banking.account.AccountCommand.RefundTransfer;
import banking.account.AccountCommand.RequestTransfer;
import banking.events.AccountEvent;
import banking.events.AccountEvent.AccountClosed;
import banking.events.AccountEvent.AccountFrozen;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.TransferCompleted;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRefunded;
import banking.events.AccountEvent.TransferRequested;
import banking.events.Money;
import banking.events.TransferId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccountTransfersTest {

    @Test
    void a_transfer_debits_its_source() {
        given(OPENED, deposited("5.00", "5.00"))
                .when(new RequestTransfer(TRANSFER, ALICE, BOB, eur("2.00"), "rent"))
                .then(requested("2.00", "3.00"));
    }

    @Test
    void a_transfer_of_more_than_is_available_is_rejected() {
        given(OPENED, deposited("5.00", "5.00"), held("3.01"))
                .when(new RequestTransfer(TRANSFER, ALICE, BOB, eur("2.00"), null))
                .thenRejected("insufficient-funds");
    }

    @Test
    void a_transfer_needs_two_accounts() {
        given(OPENED, deposited("5.00", "5.00"))
                .when(new RequestTransfer(TRANSFER, ALICE, ALICE, eur("2.00"), null))
                .thenRejected("same-account");
    }

    @Test
    void the_transfers_that_are_under_way_are_bounded() {
        var history = new ArrayList<AccountEvent>(List.of(OPENED, deposited("5.00", "5.00")));
        for (int i = 0; i < Funds.MAX_IN_TRANSIT; i++) {
            history.add(
                    new TransferRequested(
                            new TransferId(new UUID(1, i)), BOB, eur("0.00"), eur("5.00"), null));
        }
        given(history.toArray(AccountEvent[]::new))
                .when(new RequestTransfer(TRANSFER, ALICE, BOB, eur("1.00"), null))
                .thenRejected("too-many-transfers");
    }

    @Test
    void a_transfer_credits_its_target() {
        given(OPENED)
                .when(new ReceiveTransfer(TRANSFER, BOB, eur("2.00"), "rent"))
                .then(new TransferReceived(TRANSFER, BOB, eur("2.00"), eur("2.00"), "rent"));
    }

    @Test
    void a_transfer_is_completed_or_refunded_once() {
        given(OPENED, deposited("5.00", "5.00"), requested("2.00", "3.00"))
                .when(new CompleteTransfer(TRANSFER))
                .then(new TransferCompleted(TRANSFER));
        given(OPENED, deposited("5.00", "5.00"), requested("2.00", "3.00"))
                .when(new RefundTransfer(TRANSFER, AccountRefusal.ACCOUNT_CLOSED))
                .then(
                        new TransferRefunded(
                                TRANSFER, BOB, "account-closed", eur("2.00"), eur("5.00"), "rent"));
        var ended =
                given(
                        OPENED,
                        deposited("5.00", "5.00"),
                        requested("2.00", "3.00"),
                        new TransferCompleted(TRANSFER));
        ended.when(new RefundTransfer(TRANSFER, AccountRefusal.ACCOUNT_CLOSED)).then();
        ended.when(new CompleteTransfer(TRANSFER)).then();
    }

    /** Its end is told again, long after: it may have closed since. */
    @Test
    void a_transfer_that_has_ended_leaves_a_closed_account_as_it_is() {
        var closed =
                given(
                        OPENED,
                        deposited("2.00", "2.00"),
                        requested("2.00", "0.00"),
                        new TransferCompleted(TRANSFER),
                        new AccountClosed());
        closed.when(new RefundTransfer(TRANSFER, AccountRefusal.ACCOUNT_CLOSED)).then();
        closed.when(new CompleteTransfer(TRANSFER)).then();
    }

    @Test
    void a_transfer_comes_to_its_end_on_a_frozen_account() {
        given(OPENED, deposited("5.00", "5.00"), requested("2.00", "3.00"), new AccountFrozen(null))
                .when(new RefundTransfer(TRANSFER, AccountRefusal.ACCOUNT_CLOSED))
                .then(
                        new TransferRefunded(
                                TRANSFER, BOB, "account-closed", eur("2.00"), eur("5.00"), "rent"));
    }

    @Test
    void an_account_with_a_transfer_under_way_is_not_closed() {
        given(OPENED, deposited("5.00", "5.00"), requested("5.00", "0.00"))
                .when(new CloseAccount())
                .thenRejected("transfers-under-way");
    }

    @Test
    void there_is_room_for_every_refund() {
        var most = new Money(Money.MAX_MINOR_UNITS, EUR);
        given(OPENED, new MoneyDeposited(most, most, null), requested("2.00", "0.00"))
                .when(new DepositMoney(most, null))
                .thenRejected("balance-out-of-bounds");
    }
}
