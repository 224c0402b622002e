package banking.account;

import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.MoneyWithdrawn;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.Money;
import banking.events.StreamId;
import banking.events.Topic;
import banking.projection.Projection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the accounts and their statements. */
@ApplicationScoped
class AccountProjection implements Projection {

    static final String NAME = "accounts";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String topic() {
        return Topic.ACCOUNTS;
    }

    @Override
    public Fold open(Connection connection, Collection<StreamId> streams) throws SQLException {
        return new AccountFold(connection, AccountRows.load(connection, streams));
    }

    /** A line that a batch adds to a statement. */
    record Entry(AccountState account, EntryKind kind, Money amount, @Nullable String reference) {}

    private static final class AccountFold implements Fold {

        private final Connection connection;
        private final Map<StreamId, AccountState> accounts;
        private final Set<StreamId> opened = new HashSet<>();
        private final Set<StreamId> changed = new HashSet<>();
        private final List<Entry> entries = new ArrayList<>();

        private AccountFold(Connection connection, Map<StreamId, AccountState> accounts) {
            this.connection = connection;
            this.accounts = accounts;
        }

        @Override
        public long version(StreamId stream) {
            var account = accounts.get(stream);
            return account == null ? 0 : account.version();
        }

        @Override
        public void apply(Envelope<Event> envelope) {
            var id = envelope.streamId();
            var known = accounts.get(id);
            var account = AccountState.after(known, envelope);
            accounts.put(id, account);
            if (known == null) {
                opened.add(id);
            } else if (!opened.contains(id)) {
                changed.add(id);
            }
            if (envelope.event() instanceof MoneyDeposited(var amount, _, var reference)) {
                entries.add(new Entry(account, EntryKind.DEPOSIT, amount, reference));
            } else if (envelope.event() instanceof MoneyWithdrawn(var amount, _, var reference)) {
                entries.add(new Entry(account, EntryKind.WITHDRAWAL, amount, reference));
            }
        }

        @Override
        public void write() throws SQLException {
            AccountRows.insert(connection, states(opened));
            AccountRows.update(connection, states(changed));
            AccountRows.add(connection, entries);
        }

        private List<AccountState> states(Set<StreamId> ids) {
            return ids.stream().map(id -> Objects.requireNonNull(accounts.get(id))).toList();
        }
    }
}
