package banking.security;

import static banking.security.Permission.may;
import static banking.security.Role.AUDITOR;
import static banking.security.Role.COMPARER;
import static banking.security.Role.CUSTOMER;
import static banking.security.Role.OPERATOR;
import static banking.security.Role.POLICY;
import static banking.security.Role.SUPERVISOR;
import static banking.security.Role.TELLER;
import static banking.security.Role.TIMER;
import static java.util.function.Function.identity;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: all that can be called and every command, by name. An operation that gives a
 * command has the command's name, so both have one line. What has none, nobody may do.
 */
public final class Permissions {

    private static final Map<String, Permission> ALL =
            Stream.of(
                            may("OpenAccount", TELLER, SUPERVISOR).orWaits(),
                            may("DepositMoney", TELLER, SUPERVISOR).orWaits(),
                            may("WithdrawMoney", TELLER, SUPERVISOR).orWaits(),
                            may("FreezeAccount", TELLER, SUPERVISOR).orWaits(),
                            may("UnfreezeAccount", TELLER, SUPERVISOR).orWaits(),
                            may("ChangeOverdraftLimit", TELLER, SUPERVISOR).orWaits(),
                            may("CloseAccount", TELLER, SUPERVISOR),
                            may("RequestTransfer", TELLER, SUPERVISOR, CUSTOMER).orWaits(),
                            may("ReceiveTransfer", POLICY),
                            may("CompleteTransfer", POLICY),
                            may("RefundTransfer", POLICY),
                            may("PlaceHold", TELLER, SUPERVISOR, CUSTOMER).orWaits(),
                            may("CaptureHold", TELLER, SUPERVISOR),
                            may("ReleaseHold", TELLER, SUPERVISOR, CUSTOMER),
                            may("ExpireHold", TIMER),
                            may("RegisterCustomer", TELLER, SUPERVISOR),
                            may("ChangeEmail", TELLER, SUPERVISOR, CUSTOMER),
                            may("EraseCustomer", SUPERVISOR),
                            may("RegisterCompany", TELLER, SUPERVISOR),
                            may("JoinCompany", POLICY),
                            may("LeaveCompany", POLICY),
                            may("RegisterEmployee", TELLER, SUPERVISOR).orWaits(),
                            may("CreateTask", TELLER, SUPERVISOR, POLICY),
                            may("AssignTask", TELLER, SUPERVISOR),
                            may("AddComment", TELLER, SUPERVISOR),
                            may("CompleteTask", TELLER, SUPERVISOR),
                            may("RecordNotification", POLICY),
                            // The bank asks, in the name of who has given what waits.
                            may("RequestApproval", POLICY),
                            may("GrantApproval", SUPERVISOR),
                            may("RefuseApproval", SUPERVISOR),
                            may("ExpireApproval", TIMER),
                            may("RecordCarriedOut", POLICY),
                            may("RecordFailed", POLICY),
                            // Each of the commands is permitted by itself.
                            may("GiveCommands", TELLER, SUPERVISOR, CUSTOMER),
                            // What is in the journal and what waits. An operator sees no contents.
                            may("ExportCustomer", SUPERVISOR, AUDITOR, CUSTOMER),
                            may("Streams", OPERATOR, AUDITOR),
                            may("Events", AUDITOR),
                            may("State", AUDITOR),
                            may("Seals", OPERATOR, AUDITOR),
                            may("Seal", OPERATOR, AUDITOR),
                            may("Verification", OPERATOR, AUDITOR),
                            may("Comparison", OPERATOR, AUDITOR, COMPARER),
                            may("Proof", AUDITOR),
                            may("Story", AUDITOR),
                            may("StoriesOfActor", AUDITOR),
                            may("Outbox", OPERATOR, AUDITOR),
                            may("RefusedStreams", OPERATOR, AUDITOR),
                            may("PublishAgain", OPERATOR),
                            may("LostEvents", OPERATOR, AUDITOR),
                            may("RecoverEvents", OPERATOR),
                            may("Policies", OPERATOR, AUDITOR),
                            may("ParkedStreams", OPERATOR, AUDITOR),
                            may("ReplayParkedStream", OPERATOR),
                            may("ReplayAllParked", OPERATOR),
                            may("SkipParkedStream", OPERATOR),
                            may("WrapKeys", OPERATOR),
                            may("Audit", AUDITOR),
                            may("AuditChain", AUDITOR),
                            may("AuditProof", AUDITOR),
                            may("Change", AUDITOR))
                    .collect(Collectors.toUnmodifiableMap(Permission::what, identity()));

    private Permissions() {}

    /** Of a command, or of an operation that begins with a capital; null where nobody may. */
    public static @Nullable Permission of(String what) {
        return ALL.get(what);
    }

    /** All of them, by what they permit. */
    public static Map<String, Permission> all() {
        return ALL;
    }
}
