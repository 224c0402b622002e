package banking.projection;

import static banking.Feed.eur;
import static banking.Feed.event;

import banking.Bank;
import banking.Feed;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.HoldCaptured;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.TransferRefunded;
import banking.events.AccountEvent.TransferRequested;
import banking.events.AccountId;
import banking.events.ApprovalEvent.ApprovalRequested;
import banking.events.ApprovalId;
import banking.events.CompanyEvent.CompanyRegistered;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import banking.events.EmployeeEvent.EmployeeRegistered;
import banking.events.HoldId;
import banking.events.TaskEvent.CommentAdded;
import banking.events.TaskEvent.TaskCreated;
import banking.events.TransferId;
import banking.events.WrittenCommand;
import banking.events.codec.WrittenEvent;
import java.util.List;
import java.util.UUID;

/** Something in every table of the views, for tests of what holds for all of them. */
final class WholeBank {

    static final List<String> TABLES =
            List.of(
                    "account_view",
                    "statement_line",
                    "hold_view",
                    "transfer_view",
                    "ledger_total",
                    "customer_view",
                    "company_view",
                    "task_view",
                    "task_comment",
                    "employee_view",
                    "approval_view",
                    "loose_end");

    private static final UUID ID = UUID.randomUUID();
    private static final EmailAddress EMAIL = new EmailAddress("w@" + ID + ".example");

    private WholeBank() {}

    static WrittenEvent[] events() {
        var customer = new CustomerId(ID);
        var account = new AccountId(ID);
        var hold = new HoldId(ID);
        var transfer = new TransferId(ID);
        return new WrittenEvent[] {
            event(ID, 1, new AccountOpened("Whole", Feed.EUR, customer)),
            event(ID, 2, new MoneyDeposited(eur("9.00"), eur("9.00"), null)),
            event(ID, 3, new TransferRequested(transfer, account, eur("2.00"), eur("7.00"), "x")),
            event(
                    ID,
                    4,
                    new TransferRefunded(transfer, account, "no", eur("2.00"), eur("9.00"), "x")),
            event(ID, 5, new HoldPlaced(hold, eur("3.00"), Feed.START, null)),
            event(ID, 6, new HoldCaptured(hold, eur("1.00"), eur("3.00"), eur("8.00"), null)),
            event(ID, 1, new CustomerRegistered("Whole", EMAIL)),
            event(ID, 1, new CompanyRegistered("Whole", EMAIL.domain())),
            event(ID, 1, new TaskCreated("whole", customer)),
            event(ID, 2, new CommentAdded(1, "whole", "teller")),
            event(ID, 1, new EmployeeRegistered("Whole", EMAIL)),
            event(
                    ID,
                    1,
                    new ApprovalRequested(
                            new ApprovalId(ID),
                            new WrittenCommand("FreezeAccount", "account", ID, "{}"),
                            "four-eyes",
                            "teller",
                            customer,
                            Feed.START)),
        };
    }

    /** Returns when the views have all of the events. */
    static void await() {
        Bank.account(ID, 6);
        Bank.view("/customers/", ID, 1);
        Bank.view("/companies/", ID, 1);
        Bank.view("/tasks/", ID, 2);
        Bank.view("/employees/", ID, 1);
        Bank.view("/approvals/", ID, 1);
    }
}
