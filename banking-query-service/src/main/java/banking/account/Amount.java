package banking.account;

import banking.events.Currency;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An amount of money as JSON. Sums over accounts may be beyond what one account can hold.
 *
 * @param amount a decimal number with all the decimals that the currency has
 * @param currency an ISO 4217 code
 */
@Schema(name = "Money")
public record Amount(
        @Schema(examples = "512.34") String amount, @Schema(examples = "EUR") String currency) {

    public static Amount of(long minorUnits, String currency) {
        return of(BigDecimal.valueOf(minorUnits), currency);
    }

    public static Amount of(BigDecimal minorUnits, String currency) {
        int decimals = new Currency(currency).decimals();
        return new Amount(minorUnits.movePointLeft(decimals).toPlainString(), currency);
    }
}
