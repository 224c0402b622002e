package banking.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.Bank;
import banking.CommandServiceTest;
import banking.events.StreamId;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class ClaimedRowsTest {

    private final Claim claim = new Claim("email", UUID.randomUUID() + "@bank.example");

    @Test
    void what_another_has_claimed_is_refused() throws SQLException {
        try (var transaction = Bank.database()) {
            ClaimedRows.insert(transaction, Map.of(claim, new StreamId(UUID.randomUUID())));

            var refused =
                    ClaimedRows.insert(transaction, Map.of(claim, new StreamId(UUID.randomUUID())));

            assertThat(refused).containsExactly(claim);
        }
    }

    /** A try whose commit was in doubt has come through: it is looked for, not refused. */
    @Test
    void what_the_same_has_claimed_asks_for_another_try() throws SQLException {
        var made = Map.of(claim, new StreamId(UUID.randomUUID()));
        try (var transaction = Bank.database()) {
            ClaimedRows.insert(transaction, made);

            assertThatThrownBy(() -> ClaimedRows.insert(transaction, made))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("40001"));
        }
    }
}
