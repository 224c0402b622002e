package banking.journal;

import banking.Bank;
import banking.events.StreamId;
import banking.events.codec.Sha256;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** States that the pipeline has not written and that are sealed as though it had. */
public final class OtherStates {

    private OtherStates() {}

    public static void write(String stream, UnaryOperator<String> change) {
        var id = new StreamId(UUID.fromString(stream));
        try (var connection = Bank.database();
                var read =
                        connection.prepareStatement(
                                "select type, version, hash, state, due_at from stream where stream_id = ?");
                var write =
                        connection.prepareStatement(
                                "update stream set state = ?, seal = ? where stream_id = ?")) {
            read.setObject(1, id.value());
            try (var row = read.executeQuery()) {
                row.next();
                var state = change.apply(row.getString(4));
                var hash = Sha256.ofBytes(row.getBytes(3));
                var due = row.getObject(5, OffsetDateTime.class);
                var dueAt = due == null ? null : due.toInstant();
                write.setString(1, state);
                write.setObject(
                        2,
                        StoredStream.seal(
                                Bank.KEYS,
                                id,
                                row.getString(1),
                                row.getLong(2),
                                hash,
                                state,
                                dueAt));
                write.setObject(3, id.value());
                write.executeUpdate();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
