package banking.account;

import banking.events.Money;
import banking.events.StreamId;
import banking.projection.Columns;
import banking.projection.ViewTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of the account views as a batch reads and writes them: one statement per table. */
final class AccountRows {

    private AccountRows() {}

    static Map<StreamId, AccountState> load(Connection connection, Collection<StreamId> accounts)
            throws SQLException {
        var found = HashMap.<StreamId, AccountState>newHashMap(accounts.size());
        var holding = new ArrayList<StreamId>();
        try (var select =
                connection.prepareStatement(
                        """
                        SELECT id, version, status, owner, customer_id, currency, balance_minor,
                            overdraft_limit_minor, held_minor, opened_at, updated_at
                        FROM account_view WHERE id = ANY (?)""")) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", accounts.stream().map(StreamId::value).toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var account = account(rows);
                    found.put(account.id(), account);
                    if (rows.getLong("held_minor") > 0) {
                        holding.add(account.id());
                    }
                }
            }
        }
        // Most accounts hold nothing, and then this costs nothing.
        if (!holding.isEmpty()) {
            HoldRows.open(connection, holding)
                    .forEach((id, holds) -> found.computeIfPresent(id, (_, a) -> a.with(holds)));
        }
        return found;
    }

    private static AccountState account(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
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
    static void insert(Connection connection, List<AccountState> accounts) throws SQLException {
        if (accounts.isEmpty()) {
            return;
        }
        try (var insert =
                connection.prepareStatement(
                        """
                        INSERT INTO account_view (id, version, status, owner, customer_id, currency,
                            balance_minor, overdraft_limit_minor, held_minor, opened_at, updated_at)
                        SELECT id, version, status, owner, customer, currency, balance,
                            overdraft_limit, held,
                            timestamptz 'epoch' + opened_at * interval '1 microsecond',
                            timestamptz 'epoch' + updated_at * interval '1 microsecond'
                        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS a (id, version, status, owner,
                            customer, currency, balance, overdraft_limit, held, opened_at,
                            updated_at)""")) {
            var columns = new Columns(connection, insert);
            columns.add("uuid", accounts, a -> a.id().value());
            columns.addLongs(accounts, AccountState::version);
            columns.add("text", accounts, a -> a.status().name());
            columns.add("text", accounts, AccountState::owner);
            columns.add("uuid", accounts, AccountState::customerId);
            columns.add("text", accounts, a -> a.balance().currency().getCurrencyCode());
            columns.addLongs(accounts, a -> a.balance().minorUnits());
            columns.addLongs(accounts, a -> a.overdraftLimit().minorUnits());
            columns.addLongs(accounts, AccountState::heldMinor);
            columns.addTimes(accounts, AccountState::openedAt);
            columns.addTimes(accounts, AccountState::updatedAt);
            insert.executeUpdate();
        }
    }

    /** Accounts that the view knows already. */
    static void update(Connection connection, List<AccountState> accounts) throws SQLException {
        if (accounts.isEmpty()) {
            return;
        }
        try (var update =
                connection.prepareStatement(
                        """
                        UPDATE account_view v
                        SET version = a.version, status = a.status, balance_minor = a.balance,
                            overdraft_limit_minor = a.overdraft_limit, held_minor = a.held,
                            updated_at =
                                timestamptz 'epoch' + a.updated_at * interval '1 microsecond'
                        FROM unnest(?::uuid[], ?, ?, ?, ?, ?, ?) AS a (id, version, status, balance,
                            overdraft_limit, held, updated_at)
                        WHERE v.id = a.id""")) {
            var columns = new Columns(connection, update);
            columns.add("uuid", accounts, a -> a.id().value());
            columns.addLongs(accounts, AccountState::version);
            columns.add("text", accounts, a -> a.status().name());
            columns.addLongs(accounts, a -> a.balance().minorUnits());
            columns.addLongs(accounts, a -> a.overdraftLimit().minorUnits());
            columns.addLongs(accounts, AccountState::heldMinor);
            columns.addTimes(accounts, AccountState::updatedAt);
            update.executeUpdate();
        }
    }
}
