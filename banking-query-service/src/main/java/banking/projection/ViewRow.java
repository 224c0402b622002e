package banking.projection;

import banking.events.codec.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The row of an aggregate: what its events have come to, and the hash of the last of them, which
 * the next one names.
 *
 * @param hash null where the row was last written before hashes came with the events
 */
public record ViewRow<S extends ViewState>(S state, @Nullable Sha256 hash) {

    private static final String HASH = "hash";

    /** The table of such rows, from the columns that the aggregate itself has. */
    public static <S extends ViewState> ViewTable<ViewRow<S>> table(ViewTable<S> columns) {
        return columns.<ViewRow<S>>of(ViewRow::state)
                .withBytes(HASH, row -> row.hash == null ? null : row.hash.toBytes());
    }

    public static <S extends ViewState> ViewRow<S> read(S state, ResultSet row)
            throws SQLException {
        var hash = row.getBytes(HASH);
        return new ViewRow<>(state, hash == null ? null : Sha256.ofBytes(hash));
    }

    /** The last event that is in a row; of an aggregate without a row there is none. */
    public static Projection.Seen seen(@Nullable ViewRow<?> row) {
        return row == null
                ? Projection.Seen.NOTHING
                : new Projection.Seen(row.state.version(), row.hash);
    }
}
