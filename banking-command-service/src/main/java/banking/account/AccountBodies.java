package banking.account;

import banking.http.ExactMoney;
import banking.http.PlainText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the account's requests carry. */
final class AccountBodies {

    static final int MAX_OWNER_CHARACTERS = 100;

    private AccountBodies() {}

    @ExactMoney(zeroAllowed = true)
    record Opening(
            @NotBlank
                    @Size(max = MAX_OWNER_CHARACTERS)
                    @PlainText(name = true)
                    @Schema(examples = "Alice")
                    @Nullable String owner,
            @Schema(examples = "EUR") @Nullable String currency,
            @Pattern(regexp = PlainText.UUID, message = PlainText.UUID_MESSAGE)
                    @Schema(
                            nullable = true,
                            description = "Whose account it is; optional",
                            examples = "01890a5d-ac96-774b-bcce-b302099a8057")
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
            @Size(max = PlainText.MAX_REFERENCE_CHARACTERS)
                    @PlainText
                    @Schema(examples = "groceries")
                    @Nullable String reference)
            implements ExactMoney.AmountBody {}

    @ExactMoney(zeroAllowed = true)
    record Limit(
            @Schema(examples = "100.00") @Nullable String amount,
            @Schema(examples = "EUR") @Nullable String currency)
            implements ExactMoney.AmountBody {}

    record Freeze(
            @Size(max = PlainText.MAX_REFERENCE_CHARACTERS)
                    @PlainText
                    @Schema(examples = "a lost card")
                    @Nullable String reason) {}

    @ExactMoney
    record Hold(
            @Schema(examples = "80.00") @Nullable String amount,
            @Schema(examples = "EUR") @Nullable String currency,
            @NotNull @Schema(examples = "2026-12-31T12:00:00Z") Instant expires,
            @Size(max = PlainText.MAX_REFERENCE_CHARACTERS) @PlainText @Schema(examples = "hotel")
                    @Nullable String reference)
            implements ExactMoney.AmountBody {}

    @ExactMoney
    record Capture(
            @Schema(examples = "79.50") @Nullable String amount,
            @Schema(examples = "EUR") @Nullable String currency)
            implements ExactMoney.AmountBody {}
}
