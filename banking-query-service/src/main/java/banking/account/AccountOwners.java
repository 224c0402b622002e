package banking.account;

import banking.database.Statements;
import banking.events.CustomerId;
import banking.events.codec.PersonalData;
import java.sql.SQLException;
import java.util.Collection;

/** Whose accounts are, as far as a name tells. */
public final class AccountOwners {

    private AccountOwners() {}

    /** A row's owner is written once, so no batch that is under way brings one back. */
    public static void forget(Statements statements, Collection<CustomerId> customers)
            throws SQLException {
        statements
                .write("update account_view set owner = ? where customer_id = any (?)")
                .add(PersonalData.ERASED)
                .add("uuid", customers, CustomerId::value);
    }
}
