package banking.account;

import banking.http.ExactMoney;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the account's requests carry. */
final class AccountBodies {

    static final int MAX_OWNER_CHARACTERS = 100;

    /** As long as the remittance information of a SEPA credit transfer. */
    static final int MAX_REFERENCE_CHARACTERS = 140;

    /** PostgreSQL holds every character but NUL, and no other control character is text either. */
    private static final String TEXT = "\\P{Cntrl}*";

    private static final String TEXT_MESSAGE = "must not contain control characters";

    private AccountBodies() {}

    @ExactMoney(zeroAllowed = true)
    record Opening(
            @NotBlank
                    @Size(max = MAX_OWNER_CHARACTERS)
                    @Pattern(regexp = TEXT, message = TEXT_MESSAGE)
                    @Schema(examples = "Alice")
                    @Nullable String owner,
            @Schema(examples = "EUR") @Nullable String currency,
            @Schema(nullable = true, description = "Whose account it is; optional")
                    @Nullable String customerId,
            @Schema(examples = "500.00", nullable = true) @Nullable String openingDeposit)
            implements ExactMoney.Body {

        /** An account opened without a deposit is one opened with nothing. */
        @Override
        public String amountText() {
            return openingDeposit == null ? "0" : openingDeposit;
        }

        @Override
        public String amountField() {
            return "openingDeposit";
        }
    }

    @ExactMoney
    record Movement(
            @Schema(examples = "12.34") @Nullable String amount,
            @Schema(examples = "EUR") @Nullable String currency,
            @Size(max = MAX_REFERENCE_CHARACTERS) @Pattern(regexp = TEXT, message = TEXT_MESSAGE)
                    @Nullable String reference)
            implements ExactMoney.AmountBody {}

    @ExactMoney(zeroAllowed = true)
    record Limit(
            @Schema(examples = "100.00") @Nullable String amount,
            @Schema(examples = "EUR") @Nullable String currency)
            implements ExactMoney.AmountBody {}

    record Freeze(
            @Size(max = MAX_REFERENCE_CHARACTERS) @Pattern(regexp = TEXT, message = TEXT_MESSAGE)
                    @Nullable String reason) {}
}
