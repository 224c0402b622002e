package banking.journal;

import static org.assertj.core.api.Assertions.assertThat;

import banking.CommandServiceTest;
import banking.database.Transactions;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class JournalLookupTest {

    @Inject Transactions transactions;

    /** Plans are made while there is little, and kept when there is much. */
    @Test
    void a_lookup_that_is_planned_before_the_first_event_reads_no_more_than_it_asks_for()
            throws SQLException {
        var lookup =
                "select null::uuid, null::bytea, null::uuid, null::bigint, null::text, null::text"
                        + JournalLookup.RECORDED_OF_POLICIES;
        var plan =
                transactions.commit(
                        statements -> {
                            // Hides the one with the events in it.
                            statements.write(
                                    """
                                    create temporary table event (like event including all)
                                    on commit drop""");
                            return statements
                                    .write("explain " + lookup)
                                    .add("text", List.of("story"), story -> story)
                                    .add("uuid", List.of(UUID.randomUUID()), id -> id)
                                    .query(row -> row.getString(1));
                        });
        assertThat(plan)
                .filteredOn(line -> line.contains("Index Cond"))
                .singleElement()
                .asString()
                .contains("correlation_id = ", "command_id = ");
    }
}
