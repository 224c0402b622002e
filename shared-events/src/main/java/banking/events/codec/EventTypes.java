package banking.events.codec;

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
import banking.events.ApprovalEvent.ApprovalCarriedOut;
import banking.events.ApprovalEvent.ApprovalExpired;
import banking.events.ApprovalEvent.ApprovalFailed;
import banking.events.ApprovalEvent.ApprovalGranted;
import banking.events.ApprovalEvent.ApprovalRefused;
import banking.events.ApprovalEvent.ApprovalRequested;
import banking.events.CompanyEvent.CompanyRegistered;
import banking.events.CompanyEvent.CustomerJoinedCompany;
import banking.events.CompanyEvent.CustomerLeftCompany;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.EmployeeEvent.EmployeeRegistered;
import banking.events.Event;
import banking.events.TaskEvent.AssigneeNotified;
import banking.events.TaskEvent.CommentAdded;
import banking.events.TaskEvent.TaskAssigned;
import banking.events.TaskEvent.TaskCompleted;
import banking.events.TaskEvent.TaskCreated;
import java.util.List;

/**
 * Every type of event there is. They are named one by one, since a native image cannot be asked for
 * the subtypes of a sealed type; a test compares the two.
 */
final class EventTypes {

    static final List<Class<? extends Event>> ALL =
            List.of(
                    AccountOpened.class,
                    MoneyDeposited.class,
                    MoneyWithdrawn.class,
                    AccountFrozen.class,
                    AccountUnfrozen.class,
                    OverdraftLimitChanged.class,
                    AccountClosed.class,
                    TransferRequested.class,
                    TransferReceived.class,
                    TransferCompleted.class,
                    TransferRefunded.class,
                    HoldPlaced.class,
                    HoldCaptured.class,
                    HoldReleased.class,
                    HoldExpired.class,
                    CustomerRegistered.class,
                    CustomerEmailChanged.class,
                    CustomerErased.class,
                    CompanyRegistered.class,
                    CustomerJoinedCompany.class,
                    CustomerLeftCompany.class,
                    TaskCreated.class,
                    TaskAssigned.class,
                    AssigneeNotified.class,
                    CommentAdded.class,
                    TaskCompleted.class,
                    EmployeeRegistered.class,
                    ApprovalRequested.class,
                    ApprovalGranted.class,
                    ApprovalRefused.class,
                    ApprovalExpired.class,
                    ApprovalCarriedOut.class,
                    ApprovalFailed.class);

    private EventTypes() {}
}
