package banking.pipeline;

import static banking.customer.CustomerType.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Contexts;
import banking.aggregate.AggregateType;
import banking.aggregate.Claim;
import banking.aggregate.Outcome;
import banking.customer.CustomerCommand;
import banking.customer.CustomerCommand.ChangeEmail;
import banking.events.CustomerEvent;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.EmailAddress;
import banking.events.StreamId;
import banking.events.codec.Sha256;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final StreamId ANN = new StreamId(new UUID(0, 1));
    private static final StreamId BEN = new StreamId(new UUID(0, 2));
    private static final String ANNS = "ann@bank.example";
    private static final String BENS = "ben@bank.example";
    private static final String OTHERS = "others@bank.example";

    /** What its owner turns out to keep was never free, whoever's turn came first. */
    @Test
    void an_address_that_its_owner_could_not_leave_is_nobody_elses() {
        for (var annFirst : List.of(true, false)) {
            var ann = change(ANN, OTHERS);
            var ben = change(BEN, ANNS);
            var batch =
                    new Batch(
                            found(),
                            Set.of(claim(OTHERS)),
                            JournalInMemory.KEYS,
                            Clock.systemUTC());

            batch.run(annFirst ? List.of(ann, ben) : List.of(ben, ann));
            batch.answer();

            for (var command : List.of(ann, ben)) {
                assertThat(command.outcome())
                        .isCompletedWithValueMatching(
                                outcome ->
                                        outcome instanceof Outcome.Refused(var rejection, _)
                                                && rejection.code().equals("email-taken"));
            }
            assertThat(batch.claims().made()).isEmpty();
            assertThat(batch.claims().given()).isEmpty();
            assertThat(batch.events()).isEmpty();
        }
    }

    @Test
    void an_address_that_its_owner_has_left_is_free() {
        var ann = change(ANN, OTHERS);
        var ben = change(BEN, ANNS);
        var batch = new Batch(found(), Set.of(), JournalInMemory.KEYS, Clock.systemUTC());

        batch.run(List.of(ann, ben));

        assertThat(batch.claims().made()).isEqualTo(Map.of(claim(OTHERS), ANN, claim(ANNS), BEN));
        assertThat(batch.claims().given()).isEqualTo(Map.of(claim(ANNS), ANN, claim(BENS), BEN));
        assertThat(batch.events()).hasSize(2);
    }

    private static Found found() {
        return new Found(
                Map.of(ANN, registered(CUSTOMER, ANNS), BEN, registered(CUSTOMER, BENS)),
                Map.of(),
                Map.of(),
                Map.of(),
                Set.of(),
                NoLimits.totals(),
                Keys.Stored.NONE);
    }

    private static <S> Working<?, ?> registered(
            AggregateType<S, ?, CustomerEvent> type, String email) {
        var registration = new CustomerRegistered("A customer", new EmailAddress(email));
        var state = type.evolve(type.initial(), registration);
        return new Working<>(type, 1, type.claims(state), 1, state, Sha256.NONE);
    }

    private static Claim claim(String email) {
        return new Claim("email", email);
    }

    private static PendingCommand<?, CustomerCommand, CustomerEvent> change(
            StreamId customer, String email) {
        var context = Contexts.once();
        return new PendingCommand<>(
                CUSTOMER,
                customer,
                new ChangeEmail(new EmailAddress(email)),
                context,
                new CommandMetrics(new SimpleMeterRegistry()));
    }
}
