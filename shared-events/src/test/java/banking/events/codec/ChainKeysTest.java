package banking.events.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.events.CommandId;
import banking.events.StreamId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainKeysTest {

    private static final String SECRET = "0b".repeat(32);
    private static final ChainKeys KEYS = ChainKeys.of(List.of("7 " + SECRET));
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final WrittenEvent EVENT =
            written(1, 7, "MoneyDeposited", 1, "{}", "story", 2, "teller", TIME, null, "a:1");

    private static WrittenEvent written(
            long stream,
            long version,
            String type,
            int schemaVersion,
            String payload,
            String correlationId,
            long command,
            String actor,
            Instant occurredAt,
            @Nullable String traceparent,
            @Nullable String causedBy) {
        return new WrittenEvent(
                new StreamId(new UUID(0, stream)),
                version,
                type,
                schemaVersion,
                payload,
                correlationId,
                new CommandId(new UUID(0, command)),
                actor,
                occurredAt,
                traceparent,
                causedBy);
    }

    static Stream<WrittenEvent> others() {
        var later = TIME.plusNanos(1000);
        return Stream.of(
                written(9, 7, "MoneyDeposited", 1, "{}", "story", 2, "teller", TIME, null, "a:1"),
                written(1, 8, "MoneyDeposited", 1, "{}", "story", 2, "teller", TIME, null, "a:1"),
                written(1, 7, "MoneyDeposite", 1, "{}", "story", 2, "dteller", TIME, null, "a:1"),
                written(1, 7, "MoneyDeposited", 2, "{}", "story", 2, "teller", TIME, null, "a:1"),
                written(1, 7, "MoneyDeposited", 1, "{ }", "story", 2, "teller", TIME, null, "a:1"),
                written(1, 7, "MoneyDeposited", 1, "{}", "stor", 2, "yteller", TIME, null, "a:1"),
                written(1, 7, "MoneyDeposited", 1, "{}", "story", 9, "teller", TIME, null, "a:1"),
                written(1, 7, "MoneyDeposited", 1, "{}", "story", 2, "eller", TIME, null, "a:1"),
                written(1, 7, "MoneyDeposited", 1, "{}", "story", 2, "teller", later, null, "a:1"),
                written(1, 7, "MoneyDeposited", 1, "{}", "story", 2, "teller", TIME, "", "a:1"),
                written(1, 7, "MoneyDeposited", 1, "{}", "story", 2, "teller", TIME, "a:1", null),
                written(1, 7, "MoneyDeposited", 1, "{}", "story", 2, "teller", TIME, null, null));
    }

    /** Each differs from the event in one column, or by what has moved into the next. */
    @ParameterizedTest
    @MethodSource("others")
    void an_event_that_differs_anywhere_has_another_hash(WrittenEvent other) {
        var recorded = KEYS.after(Sha256.NONE, EVENT);

        assertThat(KEYS.isIntact(recorded)).isTrue();
        assertThat(KEYS.isIntact(new RecordedEvent(other, Sha256.NONE, recorded.hash()))).isFalse();
    }

    /** Another program that computes it this way gets the same. */
    @Test
    void the_hash_is_the_keys_number_and_a_mac_over_the_hash_before_and_the_contents_digest()
            throws Exception {
        var content =
                "5:event,36:00000000-0000-0000-0000-000000000001,1:7,14:MoneyDeposited,1:1,2:{},"
                        + "36:00000000-0000-0000-0000-000000000002,5:story,6:teller,"
                        + "16:1767323045678901,-,3:a:1,";
        var digest =
                MessageDigest.getInstance("SHA-256")
                        .digest(content.getBytes(StandardCharsets.UTF_8));
        var before = KEYS.link(Sha256.NONE, Sha256.of("the event before"));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(SECRET), "HmacSHA256"));
        mac.update(before.toBytes());
        mac.update(digest);

        assertThat(RecordedEvent.content(EVENT)).hasToString(content);
        assertThat(KEYS.after(before, EVENT).hash())
                .hasToString("07" + HexFormat.of().formatHex(mac.doFinal()));
    }

    @Test
    void a_link_after_another_one_is_another_link() {
        var recorded = KEYS.after(Sha256.NONE, EVENT);

        assertThat(KEYS.isIntact(new RecordedEvent(EVENT, recorded.hash(), recorded.hash())))
                .isFalse();
    }

    @Test
    void what_was_made_with_an_older_key_is_known_after_the_key_has_changed() {
        var before = KEYS.after(Sha256.NONE, EVENT);
        var both = ChainKeys.of(List.of("8 " + "aa".repeat(32), "7 " + SECRET));
        var after = both.after(before.hash(), EVENT);

        assertThat(both.isIntact(before)).isTrue();
        assertThat(both.isIntact(after)).isTrue();
        assertThat(after.hash().toBytes()[0]).isEqualTo((byte) 8);
        assertThat(KEYS.isIntact(after)).isFalse();
    }

    @Test
    void who_does_not_have_the_key_makes_no_link() {
        var others = ChainKeys.of(List.of("7 " + "0c".repeat(32)));

        assertThat(KEYS.isIntact(others.after(Sha256.NONE, EVENT))).isFalse();
        assertThat(KEYS.isIntact(new RecordedEvent(EVENT, Sha256.NONE, Sha256.NONE))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "0 SECRET", "256 SECRET", "1 0b0b", "1 SECRETx", "one SECRET"})
    void what_is_no_key_is_refused_and_not_told(String line) {
        assertThatThrownBy(() -> ChainKeys.of(List.of(line.replace("SECRET", SECRET))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("0b0b");
    }
}
