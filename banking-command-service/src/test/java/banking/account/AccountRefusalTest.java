package banking.account;

import static banking.account.Scenario.ALICE;
import static banking.account.Scenario.BOB;
import static banking.account.Scenario.HOLD;
import static banking.account.Scenario.LATER;
import static banking.account.Scenario.NOW;
import static banking.account.Scenario.OPENED;
import static banking.account.Scenario.TRANSFER;
import static banking.account.Scenario.USD_1;
import static banking.account.Scenario.deposited;
import static banking.account.Scenario.eur;
import static banking.account.Scenario.given;
import static banking.account.Scenario.held;
import static banking.account.Scenario.requested;
import static org.assertj.core.api.Assertions.assertThat;

import banking.account.AccountCommand.CaptureHold;
import banking.account.AccountCommand.ChangeOverdraftLimit;
import banking.account.AccountCommand.CloseAccount;
import banking.account.AccountCommand.DepositMoney;
import banking.account.AccountCommand.FreezeAccount;
import banking.account.AccountCommand.PlaceHold;
import banking.account.AccountCommand.ReleaseHold;
import banking.account.AccountCommand.RequestTransfer;
import banking.account.AccountCommand.UnfreezeAccount;
import banking.account.AccountCommand.WithdrawMoney;
import banking.aggregate.Decision;
import banking.events.AccountEvent;
import banking.events.AccountEvent.AccountClosed;
import banking.events.AccountEvent.AccountFrozen;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents of the API say of each command what the account says itself. */
class AccountRefusalTest {

    private static List<Account> states() {
        return Stream.of(
                        List.<AccountEvent>of(OPENED),
                        List.of(OPENED, new AccountFrozen(null)),
                        List.of(OPENED, new AccountClosed()),
                        List.of(OPENED, deposited("5.00", "5.00"), held("4.00")),
                        List.of(OPENED, deposited("5.00", "90071992547409.91")),
                        List.of(OPENED, deposited("5.00", "-5.00")),
                        List.of(OPENED, held("0.00")),
                        after(Funds.MAX_HOLDS, held("0.00")),
                        after(Funds.MAX_IN_TRANSIT, requested("1.00", "0.00")))
                .map(history -> given(history.toArray(new AccountEvent[0])).state())
                .toList();
    }

    private static List<AccountEvent> after(int times, AccountEvent event) {
        return Stream.concat(Stream.of(OPENED), Collections.nCopies(times, event).stream())
                .toList();
    }

    private static List<AccountCommand> commands() {
        var tooLate = NOW.plus(Duration.ofDays(1000));
        return List.of(
                new DepositMoney(eur("1.00"), null),
                new DepositMoney(USD_1, null),
                new WithdrawMoney(eur("9.00"), null),
                new WithdrawMoney(USD_1, null),
                new FreezeAccount(null),
                new UnfreezeAccount(),
                new ChangeOverdraftLimit(eur("1.00")),
                new ChangeOverdraftLimit(USD_1),
                new CloseAccount(),
                new RequestTransfer(TRANSFER, ALICE, ALICE, eur("1.00"), null),
                new RequestTransfer(TRANSFER, ALICE, BOB, eur("9.00"), null),
                new RequestTransfer(TRANSFER, ALICE, BOB, USD_1, null),
                new PlaceHold(HOLD, eur("9.00"), LATER, NOW, null),
                new PlaceHold(HOLD, eur("1.00"), tooLate, NOW, null),
                new PlaceHold(HOLD, USD_1, LATER, NOW, null),
                new CaptureHold(HOLD, eur("9.00"), NOW),
                new CaptureHold(HOLD, USD_1, NOW),
                new CaptureHold(HOLD, null, tooLate),
                new ReleaseHold(HOLD));
    }

    @Test
    void every_command_is_refused_for_what_it_may_be_and_for_nothing_else() {
        var told = new TreeSet<String>();
        for (var refusal : AccountRefusal.values()) {
            refusal.terms().causes().forEach(command -> told.add(command + " " + refusal));
        }
        var given = new TreeSet<String>();
        for (var state : states()) {
            for (var command : commands()) {
                if (Account.decide(state, command) instanceof Decision.Rejected<?>(var rejection)
                        && rejection.refusal().status() != 404) {
                    given.add(command.getClass().getSimpleName() + " " + rejection.refusal());
                }
            }
        }

        assertThat(given).isEqualTo(told);
    }
}
