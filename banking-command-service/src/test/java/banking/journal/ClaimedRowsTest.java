package banking.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.Bank;
import banking.CommandServiceTest;
import banking.aggregate.Claim;
import banking.database.Statements;
import banking.events.StreamId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class ClaimedRowsTest {

    private static final Map<Claim, StreamId> NONE = Map.of();

    private final Claim claim = new Claim("email", UUID.randomUUID() + "@bank.example");
    private final Claim other = new Claim("email", UUID.randomUUID() + "@bank.example");
    private final Map<Claim, StreamId> anns = Map.of(claim, new StreamId(UUID.randomUUID()));
    private final Map<Claim, StreamId> bens = Map.of(claim, new StreamId(UUID.randomUUID()));

    private Connection transaction;
    private Statements statements;

    @BeforeEach
    void begin() throws SQLException {
        transaction = Bank.database();
        transaction.setAutoCommit(false);
        statements = new Statements(transaction);
    }

    @AfterEach
    void end() throws SQLException {
        transaction.rollback();
        transaction.close();
    }

    @Test
    void what_another_has_claimed_is_refused() throws SQLException {
        assertThat(ClaimedRows.change(statements, NONE, anns, NONE)).isEmpty();

        assertThat(ClaimedRows.change(statements, NONE, bens, NONE)).containsExactly(claim);
    }

    @Test
    void where_something_is_refused_nothing_changes() throws SQLException {
        var ann = anns.get(claim);
        ClaimedRows.change(statements, NONE, anns, NONE);
        ClaimedRows.change(statements, NONE, Map.of(other, new StreamId(UUID.randomUUID())), NONE);

        var refused = ClaimedRows.change(statements, anns, Map.of(other, ann), NONE);

        assertThat(refused).containsExactly(other);
        assertThat(ClaimedRows.change(statements, NONE, bens, NONE)).containsExactly(claim);
    }

    @Test
    void what_its_owner_gives_back_is_anothers_in_the_same_transaction() throws SQLException {
        ClaimedRows.change(statements, NONE, anns, NONE);

        assertThat(ClaimedRows.change(statements, anns, bens, NONE)).isEmpty();
        assertThatThrownBy(() -> ClaimedRows.change(statements, anns, NONE, NONE))
                .isInstanceOf(IllegalStateException.class);
    }

    /** A try whose commit was in doubt has come through: it is looked for, not refused. */
    @Test
    void what_the_same_has_claimed_asks_for_another_try() throws SQLException {
        ClaimedRows.change(statements, NONE, anns, NONE);

        assertThatThrownBy(() -> ClaimedRows.change(statements, NONE, anns, NONE))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
    }

    @Test
    void what_is_claimed_for_good_is_refused_to_its_owner_too() throws SQLException {
        assertThat(ClaimedRows.change(statements, NONE, NONE, anns)).isEmpty();

        assertThat(ClaimedRows.change(statements, NONE, NONE, anns)).containsExactly(claim);
        assertThat(ClaimedRows.change(statements, NONE, NONE, bens)).containsExactly(claim);
    }
}
