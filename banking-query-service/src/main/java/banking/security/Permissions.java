package banking.security;

import static banking.security.Permission.may;
import static banking.security.Role.AUDITOR;
import static banking.security.Role.COMPARER;
import static banking.security.Role.CUSTOMER;
import static banking.security.Role.OPERATOR;
import static banking.security.Role.SUPERVISOR;
import static banking.security.Role.TELLER;
import static java.util.function.Function.identity;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who may do what: all that can be called, by name. What has no line, nobody may do. */
public final class Permissions {

    private static final Map<String, Permission> ALL =
            Stream.of(
                            may("Accounts", TELLER, SUPERVISOR, AUDITOR, CUSTOMER),
                            may("Account", TELLER, SUPERVISOR, AUDITOR, CUSTOMER),
                            may("Statement", TELLER, SUPERVISOR, AUDITOR, CUSTOMER),
                            may("Balance", TELLER, SUPERVISOR, AUDITOR, CUSTOMER),
                            may("Holds", TELLER, SUPERVISOR, AUDITOR, CUSTOMER),
                            may("AccountTransfers", TELLER, SUPERVISOR, AUDITOR, CUSTOMER),
                            may("Transfer", TELLER, SUPERVISOR, AUDITOR, CUSTOMER),
                            may("Customers", TELLER, SUPERVISOR, AUDITOR),
                            may("Customer", TELLER, SUPERVISOR, AUDITOR, CUSTOMER),
                            may("Companies", TELLER, SUPERVISOR, AUDITOR),
                            may("Company", TELLER, SUPERVISOR, AUDITOR),
                            may("Tasks", TELLER, SUPERVISOR, AUDITOR),
                            may("Task", TELLER, SUPERVISOR, AUDITOR),
                            may("Approvals", TELLER, SUPERVISOR, AUDITOR, CUSTOMER),
                            may("Approval", TELLER, SUPERVISOR, AUDITOR, CUSTOMER),
                            may("Employees", TELLER, SUPERVISOR, AUDITOR),
                            may("Employee", TELLER, SUPERVISOR, AUDITOR),
                            // How far the reading is, and the books. An operator sees no contents.
                            may("TrialBalance", OPERATOR, AUDITOR),
                            may("LedgerEntries", AUDITOR),
                            may("Projections", OPERATOR, AUDITOR),
                            may("Heads", OPERATOR, AUDITOR, COMPARER),
                            may("ParkedStreams", OPERATOR, AUDITOR),
                            may("ReplayParkedStream", OPERATOR),
                            may("NamelessRecords", OPERATOR, AUDITOR),
                            may("NamelessRecord", AUDITOR),
                            may("SkipNamelessRecords", OPERATOR),
                            may("WrapKeys", OPERATOR),
                            may("Audit", AUDITOR),
                            may("AuditChain", AUDITOR))
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
