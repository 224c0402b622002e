package banking.customer;

import banking.aggregate.AggregateType;
import banking.aggregate.StateFormat;
import banking.customer.CustomerCommand.EraseCustomer;
import banking.events.CustomerEvent;
import banking.events.CustomerId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The customer, as the bank knows it; its states are written as JSON. */
@RegisterForReflection(
        targets = {
            Customer.NotRegistered.class,
            Customer.Registered.class,
            Customer.Erased.class,
            CustomerAnswer.class,
        })
public final class CustomerType {

    @Produces @Singleton
    public static final AggregateType<Customer, CustomerCommand, CustomerEvent> CUSTOMER =
            AggregateType.of(
                            CustomerEvent.class,
                            CustomerId::new,
                            new StateFormat<>(
                                    Customer.class,
                                    List.of(
                                            Customer.NotRegistered.class,
                                            Customer.Registered.class,
                                            Customer.Erased.class)),
                            new Customer.NotRegistered(),
                            Customer::decide,
                            Customer::evolve,
                            CustomerAnswer::of)
                    .withCommands(
                            List.of(
                                    CustomerCommand.RegisterCustomer.class,
                                    CustomerCommand.ChangeEmail.class,
                                    EraseCustomer.class),
                            CustomerCommand::isSound)
                    .withRefusals(CustomerRefusal.values())
                    .withClaims(Customer::claims, CustomerRefusal.EMAIL_TAKEN)
                    .withOwner((id, _) -> new CustomerId(id))
                    .withPersonal(Customer::personal)
                    .withKey(EraseCustomer.class, CustomerRefusal.CUSTOMER_HAS_ACCOUNTS);

    private CustomerType() {}
}
