package banking.projection;

import banking.database.Transactions;
import banking.database.ViewTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** On which event each aggregate's view stands, so that it can be held against the journal. */
@ApplicationScoped
public class Heads {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Transactions transactions;

    Heads(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * @param version of the last event that the view has taken in
     * @param hash of that event, in hexadecimal
     */
    public record Head(UUID id, long version, String hash) {}

    /** In the order of their ids. */
    public List<Head> of(Projection projection, @Nullable UUID after, int limit)
            throws SQLException {
        // The table's name is the program's own.
        var sql =
                "select id, version, hash from "
                        + projection.table()
                        + " where id > ? order by id limit ?";
        return transactions.single(
                s ->
                        s.write(sql, after == null ? BEFORE_ALL : after, limit)
                                .query(
                                        row ->
                                                new Head(
                                                        ViewTable.uuid(row, "id"),
                                                        row.getLong("version"),
                                                        HexFormat.of()
                                                                .formatHex(row.getBytes("hash")))));
    }
}
