package banking.customer;

import banking.http.Mailbox;
import banking.http.PlainText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the customer's requests carry. */
final class CustomerBodies {

    static final int MAX_NAME_CHARACTERS = 100;

    private CustomerBodies() {}

    @Schema(name = "CustomerRegistration")
    record Registration(
            @NotBlank
                    @Size(max = MAX_NAME_CHARACTERS)
                    @PlainText(name = true)
                    @Schema(examples = "Alice")
                    @Nullable String name,
            @Mailbox @Schema(examples = "alice@example.com") @Nullable String email) {}

    record EmailChange(@Mailbox @Schema(examples = "alice@example.org") @Nullable String email) {}
}
