package banking.account;

import banking.database.Statements;
import banking.database.ViewTable.Change;
import banking.events.AccountEvent;
import banking.events.AccountId;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import banking.events.Topic;
import banking.events.codec.Sha256;
import banking.projection.Projection;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Keeps the accounts, their holds and their statements. */
@ApplicationScoped
class AccountProjection implements Projection {

    static final String NAME = "accounts";

    private final List<AccountFollower> followers;

    AccountProjection(@All List<AccountFollower> followers) {
        this.followers = followers;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String topic() {
        return Topic.ACCOUNTS;
    }

    @Override
    public String table() {
        return "account_view";
    }

    @Override
    public Fold open(Statements statements, Collection<StreamId> streams) throws SQLException {
        var ids = streams.stream().map(StreamId::value).toList();
        return new AccountFold(AccountRows.load(statements, ids), followers);
    }

    private static final class AccountFold implements Fold {

        private final Map<AccountId, AccountRow> accounts;
        private final List<AccountFollower> followers;
        private final Set<AccountId> opened = new LinkedHashSet<>();
        private final Map<AccountId, AccountRow> before = new LinkedHashMap<>();
        private final List<AppliedEvent> applied = new ArrayList<>();

        private AccountFold(Map<AccountId, AccountRow> accounts, List<AccountFollower> followers) {
            this.accounts = accounts;
            this.followers = followers;
        }

        @Override
        public Seen seen(StreamId stream) {
            var row = accounts.get(new AccountId(stream.value()));
            return row == null ? Seen.NOTHING : new Seen(row.state().version(), row.hash());
        }

        @Override
        public void apply(Envelope<Event> envelope, Sha256 hash, int partition) {
            var id = new AccountId(envelope.streamId().value());
            var row = accounts.get(id);
            var known = row == null ? null : row.state();
            var account = AccountState.after(known, id, envelope);
            accounts.put(id, new AccountRow(account, hash));
            if (row == null) {
                opened.add(id);
            } else if (!opened.contains(id)) {
                before.putIfAbsent(id, row);
            }
            var event = (AccountEvent) envelope.event();
            applied.add(
                    new AppliedEvent(
                            id,
                            account.version(),
                            account.updatedAt(),
                            event,
                            Entry.of(event),
                            partition));
        }

        @Override
        public void write(Statements statements) throws SQLException {
            AccountRows.insert(statements, opened.stream().map(this::now).toList());
            AccountRows.update(
                    statements,
                    before.entrySet().stream()
                            .map(known -> new Change<>(known.getValue(), now(known.getKey())))
                            .toList());
            StatementRows.add(statements, applied);
            for (var follower : followers) {
                follower.write(statements, applied);
            }
        }

        private AccountRow now(AccountId id) {
            return Objects.requireNonNull(accounts.get(id));
        }
    }
}
