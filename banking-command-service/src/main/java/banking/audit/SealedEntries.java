package banking.audit;

import banking.audit.AuditChain.Link;
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

/** The entries of the audit trail, for the sealer. */
@ApplicationScoped
class SealedEntries implements SealedSource {

    private static final String NAMED =
            """
            select {columns} from unnest(?) as n (id)
            join audit_entry e on e.chain = split_part(n.id, ':', 1)::uuid
                and e.number = split_part(n.id, ':', 2)::bigint"""
                    .replace("{columns}", AuditRows.COLUMNS);

    private final Transactions transactions;
    private final AddedRows added;
    private final KeptEntries kept;

    SealedEntries(Transactions transactions, KeptEntries kept) {
        this.kept = kept;
        this.transactions = transactions;
        added =
                new AddedRows(
                        transactions,
                        "audit_entry",
                        AuditRows.COLUMNS,
                        row -> leaf(AuditRows.read(row)));
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public boolean isKept(Instant sealedAt) {
        return !kept.mayBeGone(sealedAt);
    }

    @Override
    public Portion next(@Nullable String mark, int most) throws SQLException {
        return added.next(mark, most);
    }

    @Override
    public Map<String, Leaf> now(List<String> names) throws SQLException {
        var leaves = new HashMap<String, Leaf>();
        named(names).forEach(link -> leaves.put(link.id(), leaf(link)));
        return leaves;
    }

    @Override
    public Optional<Original> original(String name) throws SQLException {
        return named(List.of(name)).stream()
                .findFirst()
                .map(
                        link ->
                                new Original(
                                        link.content().toString(), link.hash(), link.entry().at()));
    }

    private List<Link> named(List<String> names) throws SQLException {
        return transactions.single(
                s -> s.write(NAMED).add("text", names, name -> name).query(AuditRows::read));
    }

    private static Leaf leaf(Link link) {
        return Leaf.of(link.id(), link.content().digest(), link.hash());
    }
}
