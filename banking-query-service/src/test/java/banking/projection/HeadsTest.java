package banking.projection;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is held against the journal. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class HeadsTest {

    @Test
    void a_view_tells_the_event_that_it_stands_on() {
        var id = UUID.randomUUID();
        Feed.send(Feed.account(id, "Ada", 3));
        Bank.account(id, 3);

        var before = new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() - 1);
        Bank.as("operator")
                .get("/projections/accounts/heads?limit=1&after={before}", before)
                .then()
                .statusCode(200)
                .body("heads.id", contains(id.toString()))
                .body("heads[0].version", equalTo(3))
                .body(
                        "heads[0].hash",
                        equalTo(Feed.recorded(Feed.deposit(id, 3)).hash().toString()))
                .body("next", equalTo(id.toString()));
    }
}
