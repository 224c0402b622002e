package banking.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A currency of ISO 4217 that has minor units. The standard's table is kept here, as it was at the
 * end of 2025, and not taken from the JVM, whose own differs with its version and settings: an
 * amount is stored and sent without its number of decimals, so all programs that ever read it must
 * agree on it. Codes may be added; one that is here stays, with its decimals, also when the
 * standard withdraws it.
 *
 * @param code of three capital letters, as in {@code EUR}
 */
public record Currency(@JsonValue String code) {

    private static final Map<String, Integer> DECIMALS =
            Map.of(
                            0,
                            """
                            BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF""",
                            2,
                            """
                            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV
                            BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE
                            CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD
                            HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP
                            LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
                            MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB
                            SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
                            TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG
                            YER ZAR ZMW ZWG""",
                            3,
                            "BHD IQD JOD KWD LYD OMR TND",
                            4,
                            "CLF UYW")
                    .entrySet()
                    .stream()
                    .flatMap(
                            row ->
                                    Stream.of(row.getValue().split("\\s"))
                                            .map(code -> Map.entry(code, row.getKey())))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /**
     * @throws IllegalArgumentException when the code is none of the table's
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Currency {
        if (!isKnown(code)) {
            throw new IllegalArgumentException("no currency with minor units: " + code);
        }
    }

    public static boolean isKnown(String code) {
        return DECIMALS.containsKey(code);
    }

    /** The whole table. */
    public static Stream<Currency> all() {
        return DECIMALS.keySet().stream().sorted().map(Currency::new);
    }

    /** How many decimals an amount has: its minor unit is the last of them. */
    public int decimals() {
        return requireNonNull(DECIMALS.get(code));
    }

    @Override
    public String toString() {
        return code;
    }
}
