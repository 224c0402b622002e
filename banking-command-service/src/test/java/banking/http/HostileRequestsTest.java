package banking.http;

import banking.Bank;
import banking.CommandServiceTest;
import banking.rules.HostileInputTest;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

@CommandServiceTest
class HostileRequestsTest extends HostileInputTest {

    @Override
    protected Set<String> storiesWithEvents(String prefix) {
        var stories = new HashSet<String>();
        try (var database = Bank.database();
                var query =
                        database.prepareStatement(
                                "select correlation_id from event where starts_with(correlation_id, ?)")) {
            query.setString(1, prefix);
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    stories.add(found.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return stories;
    }
}
