package banking.task;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Text of a mail's header as it may stand there: in ASCII as it is, else as encoded words (RFC
 * 2047). What only looks like an encoded word is encoded as well, or its reader would decode it;
 * neither Vert.x nor Jakarta Mail does that.
 */
final class EncodedWords {

    private static final Pattern PLAIN = Pattern.compile("(?!.*=\\?)[ -~]*");

    /** Makes words of 64 characters, so that {@code Subject: } and one fit into a line of 76. */
    private static final int MAX_BYTES = 39;

    private EncodedWords() {}

    static String of(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        var words = new StringJoiner("\r\n ");
        int begin = 0;
        int bytes = 0;
        for (int at = 0, next; at < text.length(); at = next) {
            next = text.offsetByCodePoints(at, 1);
            int length = bytes(text.substring(at, next)).length;
            if (bytes + length > MAX_BYTES) {
                words.add(word(text.substring(begin, at)));
                begin = at;
                bytes = 0;
            }
            bytes += length;
        }
        return words.add(word(text.substring(begin))).toString();
    }

    private static String word(String text) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes(text)) + "?=";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
