package banking.task;

import static banking.Bank.count;
import static banking.People.newDomain;
import static banking.customer.CustomerType.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Contexts;
import banking.People;
import banking.aggregate.NameBasedId;
import banking.aggregate.Outcome;
import banking.customer.CustomerCommand.RegisterCustomer;
import banking.events.EmailAddress;
import banking.events.StreamId;
import banking.pipeline.CommandPipeline;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two tasks for every registered customer, and none for one who was not. */
@CommandServiceTest
@TestProfile(OnboardingTest.FourLanes.class)
class OnboardingTest {

    private static final int CUSTOMERS = 2000;

    /** So that what began first is often committed last. */
    public static class FourLanes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            // Nothing is overlooked here, only late; in other tests a second is late.
            return Map.of("bank.pipeline.lanes", "4", "bank.policy.overdue-after", "30s");
        }
    }

    @Inject CommandPipeline pipeline;

    @AfterEach
    void heal() {
        Bank.sql(
                "drop function if exists dawdle() cascade",
                "drop function if exists fail() cascade");
    }

    /** A full batch still stays within what a transaction may take, also on a busy machine. */
    @Test
    void thousands_of_customers_with_slow_commits_get_all_their_tasks() {
        Bank.sql(
                """
                create or replace function dawdle() returns trigger language plpgsql as $$
                begin perform pg_sleep(random() * 0.005); return null; end $$""",
                """
                create constraint trigger dawdle after insert on event
                deferrable initially deferred for each row
                when (new.type = 'CustomerRegistered') execute function dawdle()""");
        var story = UUID.randomUUID().toString();
        var domain = newDomain();

        var outcomes =
                IntStream.range(0, CUSTOMERS).mapToObj(n -> register(n, domain, story)).toList();

        assertThat(outcomes)
                .allSatisfy(
                        outcome ->
                                assertThat(outcome.toCompletableFuture().join())
                                        .isInstanceOf(Outcome.Done.class));
        Bank.awaitQuiet();
        var created = "event where type = 'TaskCreated' and correlation_id = '" + story + "'";
        assertThat(count(created)).isEqualTo(2 * CUSTOMERS);
        assertThat(count("(select from " + created + " group by stream_id) task"))
                .isEqualTo(2 * CUSTOMERS);
        assertThat(
                        count(
                                "(select from "
                                        + created
                                        + " group by payload::jsonb ->> 'customerId'"
                                        + " having count(*) = 2) customer"))
                .isEqualTo(CUSTOMERS);
        var company = NameBasedId.of("company/" + domain).toString();
        People.state("company", company)
                .then()
                .body("state.customerCount", equalTo(CUSTOMERS))
                .body("intact", equalTo(true));
    }

    @Test
    void a_registration_that_is_rolled_back_means_no_tasks() {
        Bank.sql(
                """
                create or replace function fail() returns trigger language plpgsql as $$
                begin raise exception 'made to fail'; end $$""",
                """
                create constraint trigger fail after insert on event
                deferrable initially deferred for each row
                when (new.correlation_id = 'rolled-back') execute function fail()""");

        Bank.teller()
                .header("X-Correlation-ID", "rolled-back")
                .body(Map.of("name", "Alice", "email", People.newAddress()))
                .post("/customers")
                .then()
                .statusCode(500);

        Bank.awaitQuiet();
        assertThat(count("event where correlation_id = 'rolled-back'")).isZero();
    }

    private CompletionStage<Outcome> register(int number, String domain, String story) {
        var context = Contexts.once(story);
        var command =
                new RegisterCustomer("Customer", new EmailAddress("c" + number + "@" + domain));
        return pipeline.execute(CUSTOMER, new StreamId(UUID.randomUUID()), command, context);
    }
}
