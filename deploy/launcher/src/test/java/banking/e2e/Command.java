package banking.e2e;

import java.util.Map;
import java.util.UUID;

/**
 * What a customer asks for.
 *
 * @param method of HTTP
 * @param path what it is asked of
 * @param body its JSON
 * @param key makes giving it again harmless, and names its story
 */
record Command(String method, String path, String body, String key) {

    static Command open(String owner) {
        return post(
                "/accounts",
                """
                {"owner":"%s","currency":"EUR"}"""
                        .formatted(owner));
    }

    static Command deposit(String account, String amount) {
        return movement(account, "deposits", amount);
    }

    static Command withdraw(String account, String amount) {
        return movement(account, "withdrawals", amount);
    }

    static Command transfer(String from, String to, String amount) {
        return post(
                "/accounts/" + from + "/transfers",
                """
                {"to":"%s","amount":"%s","currency":"EUR"}"""
                        .formatted(to, amount));
    }

    /** The same in bulk, where it is a deposit or a withdrawal. */
    Map<String, Object> item() {
        String[] segments = path.split("/", -1);
        return Map.of(
                "operation",
                segments[3].equals("deposits") ? "depositMoney" : "withdrawMoney",
                "path",
                Map.of("accountId", segments[2]),
                "idempotencyKey",
                key,
                "body",
                BankClient.json(body));
    }

    private static Command movement(String account, String kind, String amount) {
        return post(
                "/accounts/" + account + "/" + kind,
                """
                {"amount":"%s","currency":"EUR"}"""
                        .formatted(amount));
    }

    static Command post(String path, String body) {
        return of("POST", path, body);
    }

    static Command of(String method, String path, String body) {
        return new Command(method, path, body, UUID.randomUUID().toString());
    }
}
