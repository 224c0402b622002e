package banking.e2e;

import java.util.UUID;

/**
 * What a customer asks for.
 *
 * @param path where it is posted to
 * @param body its JSON
 * @param key makes giving it again harmless
 */
record Command(String path, String body, String key) {

    static Command open(String owner) {
        return of(
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

    private static Command movement(String account, String kind, String amount) {
        return of(
                "/accounts/" + account + "/" + kind,
                """
                {"amount":"%s","currency":"EUR"}"""
                        .formatted(amount));
    }

    private static Command of(String path, String body) {
        return new Command(path, body, UUID.randomUUID().toString());
    }
}
