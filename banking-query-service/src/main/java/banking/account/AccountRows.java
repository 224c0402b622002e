package banking.account;

import banking.account.AccountProjection.Entry;
import banking.events.Money;
import banking.events.StreamId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The tables of the account views as a batch reads and writes them: one statement per table. */
final class AccountRows {

    private AccountRows() {}

    static Map<StreamId, AccountState> load(Connection connection, Collection<StreamId> accounts)
            throws SQLException {
        var found = HashMap.<StreamId, AccountState>newHashMap(accounts.size());
        try (var select =
                connection.prepareStatement(
                        """
                        SELECT id, version, status, owner, currency, balance_minor,
                            overdraft_limit_minor, opened_at, updated_at
                        FROM account_view WHERE id = ANY (?)""")) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", accounts.stream().map(StreamId::value).toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var account = account(rows);
                    found.put(account.id(), account);
                }
            }
        }
        return found;
    }

    private static AccountState account(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString(5));
        return new AccountState(
                new StreamId(row.getObject(1, UUID.class)),
                row.getLong(2),
                AccountStatus.valueOf(row.getString(3)),
                row.getString(4),
                new Money(row.getLong(6), currency),
                new Money(row.getLong(7), currency),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                row.getObject(9, OffsetDateTime.class).toInstant());
    }

    /** Accounts that have just been opened. */
    static void insert(Connection connection, List<AccountState> accounts) throws SQLException {
        if (accounts.isEmpty()) {
            return;
        }
        try (var insert =
                connection.prepareStatement(
                        """
                        INSERT INTO account_view (id, version, status, owner, currency, balance_minor,
                            overdraft_limit_minor, opened_at, updated_at)
                        SELECT id, version, status, owner, currency, balance, overdraft_limit,
                            timestamptz 'epoch' + opened_at * interval '1 microsecond',
                            timestamptz 'epoch' + updated_at * interval '1 microsecond'
                        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) AS a (id, version, status, owner,
                            currency, balance, overdraft_limit, opened_at, updated_at)""")) {
            var columns = new Columns(connection, insert);
            columns.add("uuid", accounts, a -> a.id().value());
            columns.addLongs(accounts, AccountState::version);
            columns.add("text", accounts, a -> a.status().name());
            columns.add("text", accounts, AccountState::owner);
            columns.add("text", accounts, a -> a.balance().currency().getCurrencyCode());
            columns.addLongs(accounts, a -> a.balance().minorUnits());
            columns.addLongs(accounts, a -> a.overdraftLimit().minorUnits());
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
                            overdraft_limit_minor = a.overdraft_limit,
                            updated_at =
                                timestamptz 'epoch' + a.updated_at * interval '1 microsecond'
                        FROM unnest(?::uuid[], ?, ?, ?, ?, ?) AS a (id, version, status, balance,
                            overdraft_limit, updated_at)
                        WHERE v.id = a.id""")) {
            var columns = new Columns(connection, update);
            columns.add("uuid", accounts, a -> a.id().value());
            columns.addLongs(accounts, AccountState::version);
            columns.add("text", accounts, a -> a.status().name());
            columns.addLongs(accounts, a -> a.balance().minorUnits());
            columns.addLongs(accounts, a -> a.overdraftLimit().minorUnits());
            columns.addTimes(accounts, AccountState::updatedAt);
            update.executeUpdate();
        }
    }

    static void add(Connection connection, List<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (var insert =
                connection.prepareStatement(
                        """
                        INSERT INTO statement_line (account_id, version, kind, currency, amount_minor,
                            balance_minor, reference, occurred_at)
                        SELECT account, version, kind, currency, amount, balance, reference,
                            timestamptz 'epoch' + at * interval '1 microsecond'
                        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) AS e (account, version, kind, currency,
                            amount, balance, reference, at)
                        ON CONFLICT (account_id, version) DO NOTHING""")) {
            var columns = new Columns(connection, insert);
            columns.add("uuid", entries, e -> e.account().id().value());
            columns.addLongs(entries, e -> e.account().version());
            columns.add("text", entries, e -> e.kind().name());
            columns.add("text", entries, e -> e.amount().currency().getCurrencyCode());
            columns.addLongs(entries, e -> e.amount().minorUnits());
            columns.addLongs(entries, e -> e.account().balance().minorUnits());
            columns.add("text", entries, Entry::reference);
            columns.addTimes(entries, e -> e.account().updatedAt());
            insert.executeUpdate();
        }
    }
}
