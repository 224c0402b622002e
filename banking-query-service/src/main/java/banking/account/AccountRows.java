package banking.account;

import banking.events.Currency;
import banking.events.Money;
import banking.events.StreamId;
import banking.projection.Statements;
import banking.projection.ViewTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of the account views as a batch reads and writes them: one statement per table. */
final class AccountRows {

    private AccountRows() {}

    static Map<StreamId, AccountState> load(Statements statements, Collection<StreamId> accounts)
            throws SQLException {
        var found = HashMap.<StreamId, AccountState>newHashMap(accounts.size());
        var holding = new ArrayList<StreamId>();
        var select =
                """
                SELECT id, version, status, owner, customer_id, currency, balance_minor,
                    overdraft_limit_minor, held_minor, opened_at, updated_at
                FROM account_view WHERE id = ANY (?)""";
        for (var row :
                statements.write(select).add("uuid", accounts, StreamId::value).query(Row::of)) {
            found.put(row.account.id(), row.account);
            if (row.heldMinor > 0) {
                holding.add(row.account.id());
            }
        }
        // Most accounts hold nothing, and then this costs nothing.
        if (!holding.isEmpty()) {
            HoldRows.open(statements, holding)
                    .forEach((id, holds) -> found.computeIfPresent(id, (_, a) -> a.with(holds)));
        }
        return found;
    }

    /** An account without its holds, and what they come to. */
    private record Row(AccountState account, long heldMinor) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(AccountRows.account(row), row.getLong("held_minor"));
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
    static void insert(Statements statements, List<AccountState> accounts) throws SQLException {
        if (accounts.isEmpty()) {
            return;
        }
        statements.write(
                """
                INSERT INTO account_view (id, version, status, owner, customer_id, currency,
                    balance_minor, overdraft_limit_minor, held_minor, opened_at, updated_at)
                SELECT id, version, status, owner, customer, currency, balance,
                    overdraft_limit, held,
                    timestamptz 'epoch' + opened_at * interval '1 microsecond',
                    timestamptz 'epoch' + updated_at * interval '1 microsecond'
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS a (id, version, status, owner,
                    customer, currency, balance, overdraft_limit, held, opened_at,
                    updated_at)""");
        statements.add("uuid", accounts, a -> a.id().value());
        statements.addLongs(accounts, AccountState::version);
        statements.add("text", accounts, a -> a.status().name());
        statements.add("text", accounts, AccountState::owner);
        statements.add("uuid", accounts, AccountState::customerId);
        statements.add("text", accounts, a -> a.balance().currency().code());
        statements.addLongs(accounts, a -> a.balance().minorUnits());
        statements.addLongs(accounts, a -> a.overdraftLimit().minorUnits());
        statements.addLongs(accounts, AccountState::heldMinor);
        statements.addTimes(accounts, AccountState::openedAt);
        statements.addTimes(accounts, AccountState::updatedAt);
    }

    /** Accounts that the view knows already. */
    static void update(Statements statements, List<AccountState> accounts) throws SQLException {
        if (accounts.isEmpty()) {
            return;
        }
        statements.write(
                """
                UPDATE account_view v
                SET version = a.version, status = a.status, balance_minor = a.balance,
                    overdraft_limit_minor = a.overdraft_limit, held_minor = a.held,
                    updated_at =
                        timestamptz 'epoch' + a.updated_at * interval '1 microsecond'
                FROM unnest(?::uuid[], ?, ?, ?, ?, ?, ?) AS a (id, version, status, balance,
                    overdraft_limit, held, updated_at)
                WHERE v.id = a.id""");
        statements.add("uuid", accounts, a -> a.id().value());
        statements.addLongs(accounts, AccountState::version);
        statements.add("text", accounts, a -> a.status().name());
        statements.addLongs(accounts, a -> a.balance().minorUnits());
        statements.addLongs(accounts, a -> a.overdraftLimit().minorUnits());
        statements.addLongs(accounts, AccountState::heldMinor);
        statements.addTimes(accounts, AccountState::updatedAt);
    }
}
