package banking.customer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Customer")
record CustomerAnswer(
        UUID customerId,
        long version,
        String name,
        String email,
        Instant registeredAt,
        Instant updatedAt,
        @Schema(description = "Since when nothing is known of who it is")
                @Nullable Instant erasedAt,
        @Schema(description = "Whether an event of this customer waits to be looked into")
                boolean behind) {

    @Schema(name = "CustomerPage")
    record Page(List<CustomerAnswer> customers, @Nullable UUID next) {}

    static CustomerAnswer of(CustomerView view) {
        return new CustomerAnswer(
                view.id,
                view.version,
                view.name,
                view.email,
                view.registeredAt,
                view.updatedAt,
                view.erasedAt,
                view.behind);
    }
}
