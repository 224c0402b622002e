package banking.account;

import static banking.account.Scenario.ALICE;
import static banking.account.Scenario.BOB;
import static banking.account.Scenario.EUR;
import static banking.account.Scenario.HOLD;
import static banking.account.Scenario.LATER;
import static banking.account.Scenario.NOW;
import static banking.account.Scenario.OPENED;
import static banking.account.Scenario.TRANSFER;
import static banking.account.Scenario.USD_1;
import static banking.account.Scenario.deposited;
import static banking.account.Scenario.eur;
import static banking.account.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.account.AccountCommand.CaptureHold;
import banking.account.AccountCommand.ChangeOverdraftLimit;
import banking.account.AccountCommand.CloseAccount;
import banking.account.AccountCommand.DepositMoney;
import banking.account.AccountCommand.ExpireHold;
import banking.account.AccountCommand.FreezeAccount;
import banking.account.AccountCommand.OpenAccount;
import banking.account.AccountCommand.PlaceHold;
import banking.account.AccountCommand.ReceiveTransfer;
import banking.account.AccountCommand.ReleaseHold;
import banking.account.AccountCommand.RequestTransfer;
import banking.account.AccountCommand.UnfreezeAccount;
import banking.account.AccountCommand.WithdrawMoney;
import banking.aggregate.Decision;
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
import banking.events.TransferId;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccountTest {

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

    /** Over many random histories; the seed is in the failure's message. */
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
            case TransferRefunded(_, _, _, var amount, _, _) -> amount.minorUnits();
            case MoneyWithdrawn(var amount, _, _, _) -> -amount.minorUnits();
            case TransferRequested(_, _, var amount, _, _, _) -> -amount.minorUnits();
            case HoldCaptured(_, var amount, _, _, _) -> -amount.minorUnits();
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
}
