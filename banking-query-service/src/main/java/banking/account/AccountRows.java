package banking.account;

import banking.database.Statements;
import banking.database.ViewTable;
import banking.database.ViewTable.Change;
import banking.events.AccountId;
import banking.events.Currency;
import banking.events.CustomerId;
import banking.events.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The tables of the account views as a batch reads and writes them: one statement per table. */
final class AccountRows {

    private static final ViewTable<AccountRow> TABLE =
            new ViewTable<AccountRow>("account_view")
                    .key("id", "uuid", row -> row.state().id())
                    .withLong("version", row -> row.state().version())
                    .with("status", "text", row -> row.state().status().name())
                    .with("owner", "text", row -> row.state().owner())
                    .with("customer_id", "uuid", row -> row.state().customerId())
                    .with("currency", "text", row -> row.state().balance().currency().code())
                    .withLong("balance_minor", row -> row.state().balance().minorUnits())
                    .withLong(
                            "overdraft_limit_minor",
                            row -> row.state().overdraftLimit().minorUnits())
                    .withLong("held_minor", row -> row.state().held().minorUnits())
                    .withTime("opened_at", row -> row.state().openedAt())
                    .withTime("updated_at", row -> row.state().updatedAt())
                    .withHash("hash", AccountRow::hash);

    private AccountRows() {}

    static Map<AccountId, AccountRow> load(Statements statements, Collection<UUID> accounts)
            throws SQLException {
        var found = HashMap.<AccountId, AccountRow>newHashMap(accounts.size());
        for (var row : TABLE.load(statements, "id = ANY (?)", accounts, AccountRows::row)) {
            found.put(row.state().id(), row);
        }
        return found;
    }

    private static AccountRow row(ResultSet row) throws SQLException {
        return new AccountRow(account(row), ViewTable.hash(row, "hash"));
    }

    private static AccountState account(ResultSet row) throws SQLException {
        var currency = new Currency(row.getString("currency"));
        var customer = ViewTable.optionalUuid(row, "customer_id");
        return new AccountState(
                new AccountId(ViewTable.uuid(row, "id")),
                row.getLong("version"),
                AccountStatus.valueOf(row.getString("status")),
                row.getString("owner"),
                customer == null ? null : new CustomerId(customer),
                new Money(row.getLong("balance_minor"), currency),
                new Money(row.getLong("overdraft_limit_minor"), currency),
                new Money(row.getLong("held_minor"), currency),
                ViewTable.time(row, "opened_at"),
                ViewTable.time(row, "updated_at"));
    }

    static void insert(Statements statements, List<AccountRow> accounts) throws SQLException {
        TABLE.insert(statements, accounts);
    }

    static void update(Statements statements, List<Change<AccountRow>> accounts)
            throws SQLException {
        TABLE.update(statements, accounts);
    }
}
