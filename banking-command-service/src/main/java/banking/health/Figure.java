package banking.health;

import java.util.Map;

/**
 * What a metric shows a number of, as in the money of one currency.
 *
 * @param labels by which the metric's numbers are told apart; empty where there is one
 */
public record Figure(String metric, Map<String, String> labels) {

    public static Figure of(String metric) {
        return new Figure(metric, Map.of());
    }

    public static Figure ofCurrency(String metric, String currency) {
        return new Figure(metric, Map.of("currency", currency));
    }
}
