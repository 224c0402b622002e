package banking.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.account.AccountCommand.CaptureHold;
import banking.account.AccountCommand.ChangeOverdraftLimit;
import banking.account.AccountCommand.CloseAccount;
import banking.account.AccountCommand.CompleteTransfer;
import banking.account.AccountCommand.DepositMoney;
import banking.account.AccountCommand.ExpireHold;
import banking.account.AccountCommand.FreezeAccount;
import banking.account.AccountCommand.OpenAccount;
import banking.account.AccountCommand.PlaceHold;
import banking.account.AccountCommand.ReceiveTransfer;
import banking.account.AccountCommand.RefundTransfer;
import banking.account.AccountCommand.ReleaseHold;
import banking.account.AccountCommand.RequestTransfer;
import banking.account.AccountCommand.UnfreezeAccount;
import banking.account.AccountCommand.WithdrawMoney;
import banking.events.AccountEvent;
import banking.events.AccountEvent.AccountClosed;
import banking.events.AccountEvent.AccountFrozen;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.AccountUnfrozen;
import banking.events.AccountEvent.HoldCaptured;
import banking.events.AccountEvent.HoldExpired;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.HoldReleased;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.MoneyWithdrawn;
import banking.events.AccountEvent.OverdraftLimitChanged;
import banking.events.AccountEvent.TransferCompleted;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRefunded;
import banking.events.AccountEvent.TransferRequested;
import banking.events.HoldId;
import banking.events.Money;
import banking.events.StreamId;
import banking.events.TransferId;
import banking.pipeline.Decision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccountTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final Money USD_1 = new Money(100, Currency.getInstance("USD"));
    private static final StreamId ALICE = new StreamId(new UUID(0, 1));
    private static final StreamId BOB = new StreamId(new UUID(0, 2));
    private static final TransferId TRANSFER = new TransferId(new UUID(0, 3));
    private static final HoldId HOLD = new HoldId(new UUID(0, 4));
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final AccountEvent OPENED = new AccountOpened("Alice", EUR, null);

    @Test
    void an_account_is_opened_with_nothing() {
        given().when(new OpenAccount("Alice", EUR, null, null)).then(OPENED);
    }

    @Test
    void an_account_is_opened_with_a_first_deposit() {
        given().when(new OpenAccount("Alice", EUR, null, eur("5.00")))
                .then(OPENED, new MoneyDeposited(eur("5.00"), eur("5.00"), "Opening deposit"));
    }

    @Test
    void an_account_is_opened_once() {
        given(OPENED)
                .when(new OpenAccount("Bob", EUR, null, null))
                .thenRejected("account-already-opened");
    }

    @Test
    void a_first_deposit_is_of_the_accounts_currency() {
        given().when(new OpenAccount("Alice", EUR, null, USD_1)).thenRejected("currency-mismatch");
    }

    @Test
    void a_deposit_raises_the_balance() {
        given(OPENED, deposited("5.00", "5.00"))
                .when(new DepositMoney(eur("1.23"), "rent"))
                .then(new MoneyDeposited(eur("1.23"), eur("6.23"), "rent"));
    }

    @Test
    void a_deposit_beyond_what_can_be_held_is_rejected() {
        var most = new Money(Money.MAX_MINOR_UNITS, EUR);
        given(OPENED, new MoneyDeposited(most, most, null))
                .when(new DepositMoney(eur("0.01"), null))
                .thenRejected("balance-out-of-bounds");
    }

    @Test
    void a_withdrawal_lowers_the_balance() {
        given(OPENED, deposited("5.00", "5.00"))
                .when(new WithdrawMoney(eur("5.00"), null))
                .then(new MoneyWithdrawn(eur("5.00"), eur("0.00"), null));
    }

    @Test
    void withdrawing_more_than_the_balance_is_rejected() {
        given(OPENED, deposited("5.00", "5.00"))
                .when(new WithdrawMoney(eur("5.01"), null))
                .thenRejected("insufficient-funds");
    }

    @Test
    void a_withdrawal_may_go_as_far_as_the_overdraft_limit() {
        var overdraft = new OverdraftLimitChanged(eur("10.00"));
        given(OPENED, overdraft)
                .when(new WithdrawMoney(eur("10.00"), null))
                .then(new MoneyWithdrawn(eur("10.00"), eur("-10.00"), null));
        given(OPENED, overdraft)
                .when(new WithdrawMoney(eur("10.01"), null))
                .thenRejected("insufficient-funds");
    }

    @Test
    void an_overdraft_limit_that_is_in_use_stays() {
        given(
                        OPENED,
                        new OverdraftLimitChanged(eur("10.00")),
                        new MoneyWithdrawn(eur("4.00"), eur("-4.00"), null))
                .when(new ChangeOverdraftLimit(eur("3.99")))
                .thenRejected("overdraft-in-use");
    }

    @Test
    void setting_the_overdraft_limit_that_is_set_changes_nothing() {
        given(OPENED, new OverdraftLimitChanged(eur("10.00")))
                .when(new ChangeOverdraftLimit(eur("10.00")))
                .then();
    }

    static Stream<AccountCommand> all() {
        return Stream.concat(
                frozenRefuses(), Stream.of(new UnfreezeAccount(), new FreezeAccount("again")));
    }

    static Stream<AccountCommand> frozenRefuses() {
        return Stream.of(
                new DepositMoney(eur("1.00"), null),
                new WithdrawMoney(eur("1.00"), null),
                new ChangeOverdraftLimit(eur("1.00")),
                new FreezeAccount(null),
                new CloseAccount(),
                new RequestTransfer(TRANSFER, ALICE, BOB, eur("1.00"), null),
                new ReceiveTransfer(TRANSFER, BOB, eur("1.00"), null),
                new PlaceHold(HOLD, eur("1.00"), LATER, NOW, null),
                new CaptureHold(HOLD, null, NOW));
    }

    @ParameterizedTest
    @MethodSource("frozenRefuses")
    void a_frozen_account_refuses_what_moves_money(AccountCommand command) {
        given(OPENED, new AccountFrozen(null)).when(command).thenRejected("account-frozen");
    }

    @Test
    void a_frozen_account_is_as_it_was_once_unfrozen() {
        given(OPENED, deposited("5.00", "5.00"), new AccountFrozen(null))
                .when(new UnfreezeAccount())
                .then(new AccountUnfrozen());
        given(OPENED, deposited("5.00", "5.00"), new AccountFrozen(null), new AccountUnfrozen())
                .when(new WithdrawMoney(eur("5.00"), null))
                .then(new MoneyWithdrawn(eur("5.00"), eur("0.00"), null));
    }

    @Test
    void an_account_that_is_not_frozen_is_not_unfrozen() {
        given(OPENED).when(new UnfreezeAccount()).thenRejected("account-not-frozen");
    }

    @Test
    void an_account_with_money_is_not_closed() {
        given(OPENED, deposited("0.01", "0.01"))
                .when(new CloseAccount())
                .thenRejected("balance-not-zero");
    }

    @Test
    void an_empty_account_is_closed() {
        given(OPENED).when(new CloseAccount()).then(new AccountClosed());
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_closed_account_accepts_nothing(AccountCommand command) {
        given(OPENED, new AccountClosed()).when(command).thenRejected("account-closed");
    }

    @ParameterizedTest
    @MethodSource("all")
    void an_account_that_was_never_opened_is_not_found(AccountCommand command) {
        given().when(command).thenRejected("account-not-found");
    }

    static Stream<AccountCommand> withMoney() {
        return Stream.of(
                new DepositMoney(USD_1, null),
                new WithdrawMoney(USD_1, null),
                new ChangeOverdraftLimit(USD_1),
                new RequestTransfer(TRANSFER, ALICE, BOB, USD_1, null),
                new ReceiveTransfer(TRANSFER, BOB, USD_1, null),
                new PlaceHold(HOLD, USD_1, LATER, NOW, null));
    }

    @ParameterizedTest
    @MethodSource("withMoney")
    void money_of_another_currency_is_refused(AccountCommand command) {
        given(OPENED).when(command).thenRejected("currency-mismatch");
    }

    @Test
    void an_event_that_cannot_follow_stops_the_replay() {
        assertThatThrownBy(() -> given(new AccountClosed()))
                .isInstanceOf(IllegalStateException.class);
    }

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
                .when(new RefundTransfer(TRANSFER, "account-closed"))
                .then(new TransferRefunded(TRANSFER, "account-closed", eur("2.00"), eur("5.00")));
        var ended =
                given(
                        OPENED,
                        deposited("5.00", "5.00"),
                        requested("2.00", "3.00"),
                        new TransferCompleted(TRANSFER));
        assertThatThrownBy(() -> ended.when(new RefundTransfer(TRANSFER, "account-closed")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ended.when(new CompleteTransfer(TRANSFER)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_transfer_comes_to_its_end_on_a_frozen_account() {
        given(OPENED, deposited("5.00", "5.00"), requested("2.00", "3.00"), new AccountFrozen(null))
                .when(new RefundTransfer(TRANSFER, "account-closed"))
                .then(new TransferRefunded(TRANSFER, "account-closed", eur("2.00"), eur("5.00")));
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
                .then(new HoldCaptured(HOLD, eur("3.00"), eur("2.00")));
        given(OPENED, deposited("5.00", "5.00"), held("3.00"))
                .when(new CaptureHold(HOLD, eur("1.00"), NOW))
                .then(new HoldCaptured(HOLD, eur("1.00"), eur("4.00")));
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
                .then(new HoldExpired(HOLD));
    }

    @Test
    void a_hold_ends_once() {
        given(OPENED, deposited("5.00", "5.00"), held("3.00"), new HoldReleased(HOLD))
                .when(new ReleaseHold(HOLD))
                .thenRejected("hold-not-found");
        given(OPENED, deposited("5.00", "5.00"), held("3.00"), new HoldReleased(HOLD))
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

    /** I1 and I2 over many random histories; the seed is in the failure's message. */
    @Test
    void whatever_is_commanded_the_balance_is_the_sum_of_its_entries_and_never_below_its_limit() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            Account account = new Account.NotOpened();
            long sum = 0;
            for (int i = 0; i < 100; i++) {
                var decision = Account.decide(account, randomCommand(random));
                if (decision instanceof Decision.Accepted<AccountEvent>(var events)) {
                    for (var event : events) {
                        account = Account.evolve(account, event);
                        sum += entry(event);
                    }
                }
                assertThat(holds(account, sum)).as("seed %d, step %d", seed, i).isTrue();
            }
        }
    }

    private static AccountCommand randomCommand(Random random) {
        var amount = new Money(1 + random.nextInt(1000), EUR);
        var transfer = new TransferId(new UUID(0, random.nextInt(100)));
        var hold = new HoldId(new UUID(0, random.nextInt(10)));
        return switch (random.nextInt(20)) {
            case 0 -> new OpenAccount("Alice", EUR, null, random.nextBoolean() ? amount : null);
            case 1, 2, 3, 4 -> new DepositMoney(amount, null);
            case 5, 6, 7, 8 -> new WithdrawMoney(amount, null);
            case 9 -> new ChangeOverdraftLimit(amount);
            case 10 -> random.nextBoolean() ? new FreezeAccount(null) : new CloseAccount();
            case 11, 12 -> new RequestTransfer(transfer, ALICE, BOB, amount, null);
            case 13, 14 -> new ReceiveTransfer(transfer, BOB, amount, null);
            case 15, 16 -> new PlaceHold(hold, amount, NOW.plusSeconds(60), NOW, null);
            case 17 -> new CaptureHold(hold, random.nextBoolean() ? amount : null, NOW);
            case 18 -> random.nextBoolean() ? new ReleaseHold(hold) : new ExpireHold(hold);
            default -> new UnfreezeAccount();
        };
    }

    private static long entry(AccountEvent event) {
        return switch (event) {
            case MoneyDeposited(var amount, _, _) -> amount.minorUnits();
            case TransferReceived(_, _, var amount, _, _) -> amount.minorUnits();
            case TransferRefunded(_, _, var amount, _) -> amount.minorUnits();
            case MoneyWithdrawn(var amount, _, _) -> -amount.minorUnits();
            case TransferRequested(_, _, var amount, _, _) -> -amount.minorUnits();
            case HoldCaptured(_, var amount, _) -> -amount.minorUnits();
            case AccountOpened _,
                    AccountFrozen _,
                    AccountUnfrozen _,
                    OverdraftLimitChanged _,
                    AccountClosed _,
                    TransferCompleted _,
                    HoldPlaced _,
                    HoldReleased _,
                    HoldExpired _ ->
                    0;
        };
    }

    private static boolean holds(Account account, long sum) {
        return switch (account) {
            case Account.NotOpened() -> sum == 0;
            case Account.Open(_, _, var funds) ->
                    funds.balance().minorUnits() == sum && funds.available().minorUnits() >= 0;
            case Account.Frozen(var open) -> holds(open, sum);
            case Account.Closed _ -> sum == 0;
        };
    }

    private static AccountEvent requested(String amount, String balance) {
        return new TransferRequested(TRANSFER, BOB, eur(amount), eur(balance), "rent");
    }

    private static AccountEvent held(String amount) {
        return new HoldPlaced(HOLD, eur(amount), LATER, null);
    }

    private static AccountEvent deposited(String amount, String balance) {
        return new MoneyDeposited(eur(amount), eur(balance), null);
    }

    private static Money eur(String amount) {
        return Money.of(new BigDecimal(amount), EUR);
    }

    private static Given given(AccountEvent... history) {
        Account state = new Account.NotOpened();
        for (var event : history) {
            state = Account.evolve(state, event);
        }
        return new Given(state);
    }

    private record Given(Account state) {
        When when(AccountCommand command) {
            return new When(Account.decide(state, command));
        }
    }

    private record When(Decision<AccountEvent> decision) {
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
