package banking.account;

import banking.events.Currency;
import banking.events.Money;
import banking.events.StreamId;
import banking.projection.Statements;
import banking.projection.ViewRow;
import banking.projection.ViewTable;
import banking.projection.ViewTable.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of the account views as a batch reads and writes them: one statement per table. */
final class AccountRows {

    private static final ViewTable<AccountState> COLUMNS =
            ViewTable.<AccountState>ofAggregates("account_view")
                    .with("status", "text", account -> account.status().name())
                    .with("owner", "text", AccountState::owner)
                    .with("customer_id", "uuid", AccountState::customerId)
                    .with("currency", "text", a -> a.balance().currency().code())
                    .withLong("balance_minor", account -> account.balance().minorUnits())
                    .withLong("overdraft_limit_minor", a -> a.overdraftLimit().minorUnits())
                    .withLong("held_minor", AccountState::heldMinor)
                    .withTime("opened_at", AccountState::openedAt)
                    .withTime("updated_at", AccountState::updatedAt);

    private static final ViewTable<ViewRow<AccountState>> TABLE = ViewRow.table(COLUMNS);

    private AccountRows() {}

    static Map<StreamId, ViewRow<AccountState>> load(
            Statements statements, Collection<StreamId> accounts) throws SQLException {
        var found = HashMap.<StreamId, ViewRow<AccountState>>newHashMap(accounts.size());
        var holding = new ArrayList<StreamId>();
        for (var row : TABLE.load(statements, "id = ANY (?)", accounts, Row::of)) {
            var id = row.account.state().id();
            found.put(id, row.account);
            if (row.heldMinor > 0) {
                holding.add(id);
            }
        }
        // Most accounts hold nothing, and then this costs nothing.
        if (!holding.isEmpty()) {
            HoldRows.open(statements, holding)
                    .forEach(
                            (id, holds) ->
                                    found.computeIfPresent(
                                            id,
                                            (_, a) ->
                                                    new ViewRow<>(
                                                            a.state().with(holds), a.hash())));
        }
        return found;
    }

    /** An account without its holds, and what they come to. */
    private record Row(ViewRow<AccountState> account, long heldMinor) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(ViewRow.read(AccountRows.account(row), row), row.getLong("held_minor"));
        }
    }

    private static AccountState account(ResultSet row) throws SQLException {
        var currency = new Currency(row.getString("currency"));
        return new AccountState(
                ViewTable.streamId(row, "id"),
                row.getLong("version"),
                AccountStatus.valueOf(row.getString("status")),
                row.getString("owner"),
                ViewTable.optionalStreamId(row, "customer_id"),
                new Money(row.getLong("balance_minor"), currency),
                new Money(row.getLong("overdraft_limit_minor"), currency),
                Map.of(),
                ViewTable.time(row, "opened_at"),
                ViewTable.time(row, "updated_at"));
    }

    /** Accounts that have just been opened. */
    static void insert(Statements statements, List<ViewRow<AccountState>> accounts)
            throws SQLException {
        TABLE.insert(statements, accounts);
    }

    /** Accounts that the view knows already. */
    static void update(Statements statements, List<Change<ViewRow<AccountState>>> accounts)
            throws SQLException {
        TABLE.update(statements, accounts);
    }
}
