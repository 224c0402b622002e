package banking.audit;

import banking.database.Transactions;
import banking.seal.Leaf;
import banking.seal.SealedSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** As what, and from where, commands were given, for the sealer. */
@ApplicationScoped
class SealedCommands implements SealedSource {

    private static final String NAMED =
            """
            select {columns} from unnest(?) as n (id)
            join given_command g on g.batch = split_part(n.id, '/', 2)::uuid
                and g.given_at = timestamptz 'epoch'
                    + split_part(n.id, '/', 1)::bigint * interval '1 microsecond'"""
                    .replace("{columns}", GivenRow.COLUMNS);

    private final Transactions transactions;
    private final AddedRows added;
    private final KeptEntries kept;

    SealedCommands(Transactions transactions, KeptEntries kept) {
        this.kept = kept;
        this.transactions = transactions;
        added =
                new AddedRows(
                        transactions,
                        "given_command",
                        GivenRow.COLUMNS,
                        row -> leaf(GivenRow.read(row)));
    }

    @Override
    public String name() {
        return "commands";
    }

    @Override
    public boolean isKept(Instant sealedAt) {
        return !kept.isLost(sealedAt);
    }

    @Override
    public Portion next(@Nullable String mark, int most) throws SQLException {
        return added.next(mark, most);
    }

    @Override
    public Map<String, Leaf> now(List<String> names) throws SQLException {
        var leaves = new HashMap<String, Leaf>();
        named(names).forEach(row -> leaves.put(row.name(), leaf(row)));
        return leaves;
    }

    @Override
    public Optional<Original> original(String name) throws SQLException {
        return named(List.of(name)).stream()
                .findFirst()
                .map(row -> new Original(row.content().toString(), row.hash(), row.at()));
    }

    private List<GivenRow> named(List<String> names) throws SQLException {
        return transactions.single(
                s -> s.write(NAMED).add("text", names, name -> name).query(GivenRow::read));
    }

    private static Leaf leaf(GivenRow row) {
        return Leaf.of(row.name(), row.content().digest(), row.hash());
    }
}
