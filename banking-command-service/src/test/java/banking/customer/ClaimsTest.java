package banking.customer;

import static banking.customer.CustomerType.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.CommandServiceTest;
import banking.Contexts;
import banking.aggregate.Outcome;
import banking.customer.CustomerCommand.ChangeEmail;
import banking.customer.CustomerCommand.RegisterCustomer;
import banking.events.EmailAddress;
import banking.events.StreamId;
import banking.pipeline.CommandPipeline;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@CommandServiceTest
class ClaimsTest {

    private static final int CUSTOMERS = 6;
    private static final int ADDRESSES = 9;
    private static final int CHANGES = 400;

    @Inject CommandPipeline pipeline;

    /**
     * Within one transaction some cannot leave their address because the one they want is taken,
     * and others want theirs. Nearly all of these commands share their transactions.
     */
    @Test
    void whoever_wants_whose_address_each_customer_has_the_one_that_is_claimed() {
        var domain = UUID.randomUUID() + ".example";
        var customers = new ArrayList<StreamId>();
        for (int i = 0; i < CUSTOMERS; i++) {
            var customer = new StreamId(UUID.randomUUID());
            customers.add(customer);
            give(customer, new RegisterCustomer("A customer", address(i, domain))).join();
        }
        var random = new Random(4711);
        var outcomes = new ArrayList<CompletableFuture<Outcome>>();
        for (int i = 0; i < CHANGES; i++) {
            var customer = customers.get(random.nextInt(CUSTOMERS));
            outcomes.add(
                    give(customer, new ChangeEmail(address(random.nextInt(ADDRESSES), domain))));
        }
        var refused =
                outcomes.stream()
                        .map(CompletableFuture::join)
                        .filter(Outcome.Refused.class::isInstance)
                        .count();

        assertThat(refused).isBetween(1L, CHANGES - 1L);
        assertThat(Bank.count("claim where value like '%@" + domain + "'")).isEqualTo(CUSTOMERS);
        assertThat(
                        Bank.count(
                                """
                                claim c join stream s using (stream_id)
                                where c.value = s.state::json ->> 'email'
                                and c.value like '%%@%s'"""
                                        .formatted(domain)))
                .isEqualTo(CUSTOMERS);
    }

    private static EmailAddress address(int number, String domain) {
        return new EmailAddress("customer" + number + "@" + domain);
    }

    private CompletableFuture<Outcome> give(StreamId customer, CustomerCommand command) {
        var context = Contexts.once();
        return pipeline.execute(CUSTOMER, customer, command, context).toCompletableFuture();
    }
}
