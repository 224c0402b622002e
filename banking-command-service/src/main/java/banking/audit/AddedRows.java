package banking.audit;

import banking.database.Statements;
import banking.database.Transactions;
import banking.seal.Leaf;
import banking.seal.SealedSource.Portion;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that is only added to, transaction by transaction: those before the oldest
 * that is still open are all there, and none will come between them. The mark is the last one's.
 */
final class AddedRows {

    private static final String BEGINNING = "0";

    private final Transactions transactions;
    private final String table;
    private final String sql;
    private final Statements.Reader<Leaf> leaf;

    /** Of which the last look has found that it was still open; nothing else if all was well. */
    private String open = "";

    AddedRows(
            Transactions transactions, String table, String columns, Statements.Reader<Leaf> leaf) {
        this.transactions = transactions;
        this.table = table;
        this.leaf = leaf;
        sql =
                """
                select {columns}, added_in::text from {table}
                where added_in > ?::xid8 and added_in < pg_snapshot_xmin(pg_current_snapshot())
                order by {table}.added_in fetch first ? rows with ties"""
                        .replace("{columns}", columns)
                        .replace("{table}", table);
    }

    private record Added(Leaf leaf, String mark) {}

    /**
     * Whole transactions, so that there may be some more leaves.
     *
     * @throws IllegalStateException where something holds up what has come behind the mark
     */
    Portion next(@Nullable String mark, int most) throws SQLException {
        var after = mark == null ? BEGINNING : mark;
        var rows =
                transactions.single(
                        s ->
                                s.write(sql, after, most)
                                        .query(
                                                row ->
                                                        new Added(
                                                                leaf.read(row),
                                                                row.getString("added_in"))));
        if (rows.isEmpty()) {
            requireNothing(after);
            return new Portion(List.of(), after, true);
        }
        open = "";
        return new Portion(
                rows.stream().map(Added::leaf).toList(), rows.getLast().mark(), rows.size() < most);
    }

    private record Beyond(String oldestOpen, boolean isAnewNumbered, boolean isAnything) {}

    private void requireNothing(String mark) throws SQLException {
        var beyond =
                transactions
                        .single(
                                s ->
                                        s.write(
                                                        """
                                                        select pg_snapshot_xmin(pg_current_snapshot())::text,
                                                            pg_snapshot_xmax(pg_current_snapshot()) <= ?::xid8,
                                                            exists (select from {table} where added_in > ?::xid8)"""
                                                                .replace("{table}", table),
                                                        mark,
                                                        mark)
                                                .find(
                                                        row ->
                                                                new Beyond(
                                                                        row.getString(1),
                                                                        row.getBoolean(2),
                                                                        row.getBoolean(3))))
                        .orElseThrow();
        if (beyond.isAnewNumbered) {
            throw new IllegalStateException(
                    "the database numbers its transactions anew, "
                            + mark
                            + " of the last seal is yet to come");
        }
        if (!beyond.isAnything) {
            open = "";
        } else if (!beyond.oldestOpen.equals(open)) {
            open = beyond.oldestOpen;
        } else {
            throw new IllegalStateException(
                    "the transaction " + open + " does not end, and holds up what came after it");
        }
    }
}
