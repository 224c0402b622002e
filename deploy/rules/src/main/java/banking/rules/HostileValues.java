package banking.rules;

import static banking.rules.HostileRequests.pick;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What has broken other people's services: values that are nearly right, or right elsewhere. */
final class HostileValues {

    static final byte[] NOTHING = {};

    private static final int LONG = 70_000;
    private static final int DEEP = 5_000;

    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "null",
                    "NaN",
                    "-1",
                    "0",
                    "00",
                    "1e400",
                    "-0.00",
                    "1.005",
                    "0x10",
                    "9223372036854775807",
                    "9223372036854775808",
                    "-9223372036854775808",
                    "999999999999999999999999999999",
                    "true",
                    "EUR",
                    "eur",
                    "XXX",
                    "JPY",
                    "1.00",
                    "\u0000",
                    "a\u0000b",
                    "\u0661\u0662",
                    "\u202Eabc",
                    "\uFEFF",
                    "\uD800",
                    "\uD83D\uDE00",
                    "e\u0301",
                    "\r\nX: y",
                    "'; drop table event; --",
                    "${jndi:ldap://127.0.0.1/a}",
                    "{{7*7}}",
                    "../../etc/passwd",
                    "%00",
                    "<script>alert(1)</script>",
                    "2026-02-30T00:00:00Z",
                    "+1000000000-12-31T23:59:59Z",
                    "-999999999-01-01T00:00:00Z",
                    "2026-01-01",
                    "00000000-0000-0000-0000-000000000000",
                    "1-1-1-1-1",
                    "ann@example.com",
                    "a@b@c",
                    "example.com");

    private HostileValues() {}

    private static String text(RandomGenerator random) {
        return switch (random.nextInt(40)) {
            case 0 -> "x".repeat(300);
            case 1 -> UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT);
            case 2 -> new String(bytes(random), StandardCharsets.ISO_8859_1);
            default -> pick(random, TEXTS);
        };
    }

    /** Half a character cannot be sent in an address; it becomes a question mark. */
    static String inUrl(RandomGenerator random) {
        return random.nextInt(30) == 0 ? "%FF%FE%C0%80" : HostileRequests.urlEncoded(text(random));
    }

    /** As far as a client lets it through. */
    static String header(RandomGenerator random) {
        return text(random).replaceAll("[^\\x20-\\x7E]", "~").strip();
    }

    static byte[] bytes(RandomGenerator random) {
        var bytes = new byte[1 + random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    static Object json(RandomGenerator random) {
        return switch (random.nextInt(16)) {
            case 0 -> JsonNodeFactory.instance.nullNode();
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> random.nextInt(3) - 1;
            case 4 -> new BigDecimal("1E+400");
            case 5 -> Double.MIN_VALUE;
            case 6 -> List.of();
            case 7 -> Map.of();
            case 8 -> List.of(text(random));
            case 9 -> Map.of("value", text(random));
            case 10 -> Collections.nCopies(1_000, 1);
            default -> text(random);
        };
    }

    /** What was JSON and is not, or is JSON that nobody should read. */
    static byte[] broken(String json, RandomGenerator random) {
        return switch (random.nextInt(12)) {
            case 0 -> utf8(json.substring(0, random.nextInt(json.length())));
            case 1 -> utf8(json + json);
            case 2 -> utf8("[" + json + "]");
            case 3 -> utf8("[".repeat(DEEP) + "]".repeat(DEEP));
            case 4 -> utf8("{\"a\":".repeat(DEEP));
            case 5 -> utf8("\uFEFF" + json);
            case 6 -> json.getBytes(StandardCharsets.UTF_16);
            case 7 -> utf8(json.replace("}", ",\"amount\":\"1.00\",\"amount\":\"2.00\"}"));
            case 8 -> utf8("\"" + "x".repeat(LONG) + "\"");
            case 9 -> utf8(json.replace('"', '\''));
            case 10 -> bytes(random);
            default -> utf8(text(random));
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
