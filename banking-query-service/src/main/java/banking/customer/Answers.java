package banking.customer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is said about customers, as JSON. */
final class Answers {

    private Answers() {}

    @Schema(name = "Customer")
    record Customer(
            UUID customerId,
            long version,
            String name,
            String email,
            Instant registeredAt,
            Instant updatedAt,
            @Schema(description = "Whether an event of this customer waits to be looked into")
                    boolean behind) {

        static Customer of(CustomerView view) {
            return new Customer(
                    view.id,
                    view.version,
                    view.name,
                    view.email,
                    view.registeredAt,
                    view.updatedAt,
                    view.behind);
        }
    }

    @Schema(name = "CustomerPage")
    record Customers(List<Customer> customers, @Nullable UUID next) {}
}
