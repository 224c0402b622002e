package banking.http;

import banking.embedded.BankTestResource;
import banking.rules.HostileInputTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class HostileRequestsTest extends HostileInputTest {

    /** Nothing here writes an event. */
    @Override
    protected Set<String> storiesWithEvents(String prefix) {
        return Set.of();
    }
}
