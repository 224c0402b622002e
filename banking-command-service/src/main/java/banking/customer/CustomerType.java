package banking.customer;

import banking.events.CustomerEvent;
import banking.events.StreamId;
import banking.journal.Claim;
import banking.pipeline.AggregateType;
import banking.pipeline.Decision;
import banking.pipeline.StateFormat;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** The customer, as the pipeline knows it; its states are written as JSON. */
@RegisterForReflection(
        targets = {
            Customer.NotRegistered.class,
            Customer.Registered.class,
            CustomerAnswer.class,
        })
public class CustomerType implements AggregateType<Customer, CustomerCommand, CustomerEvent> {

    public static final CustomerType CUSTOMER = new CustomerType();

    private final StateFormat<Customer> format =
            new StateFormat<>(
                    Customer.class,
                    List.of(Customer.NotRegistered.class, Customer.Registered.class));

    CustomerType() {}

    /**
     * For who asks for all types. With this in it, the type itself would be a bean too: a second
     * one.
     */
    static final class Bean {

        private Bean() {}

        @Produces
        @Singleton
        static CustomerType customer() {
            return CUSTOMER;
        }
    }

    @Override
    public String name() {
        return "customer";
    }

    @Override
    public Class<CustomerEvent> eventType() {
        return CustomerEvent.class;
    }

    @Override
    public StateFormat<Customer> format() {
        return format;
    }

    @Override
    public Customer initial() {
        return new Customer.NotRegistered();
    }

    @Override
    public Decision<CustomerEvent> decide(Customer state, CustomerCommand command) {
        return Customer.decide(state, command);
    }

    @Override
    public Customer evolve(Customer state, CustomerEvent event) {
        return Customer.evolve(state, event);
    }

    /** An address belongs to one customer, as it is written in lower case. */
    @Override
    public Set<Claim> claims(Customer state) {
        return switch (state) {
            case Customer.NotRegistered() -> Set.of();
            case Customer.Registered(_, var email) -> Set.of(new Claim("email", email.value()));
        };
    }

    @Override
    public Object answer(StreamId id, long version, Customer state) {
        return CustomerAnswer.of(id, version, state);
    }
}
