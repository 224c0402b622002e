package banking.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    private static final Validator VALIDATOR =
            Validation.byDefaultProvider()
                    .configure()
                    .messageInterpolator(new ParameterMessageInterpolator())
                    .buildValidatorFactory()
                    .getValidator();

    record Body(
            @PlainText(name = true) @NotBlank @Nullable String name,
            @PlainText @Nullable String reference,
            @PlainText(lines = true) @Nullable String comment) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Jos\u00e9",
                "\u5c71\u7530 \u592a\u90ce",
                "O\u2019Neill-M\u00fcller, Jr.",
                "\ud835\udcd0lice",
                "A\u0301\u0323",
                // Persian with its non-joiner, Sinhala, Malayalam and Devanagari with their
                // joiners.
                "\u0645\u06cc\u200c\u0631\u0648\u062f",
                "\u0dc1\u0dca\u200d\u0dbb\u0dd3",
                "\u0d05\u0d35\u0d28\u0d4d\u200d",
                "\u0915\u094d\u200d\u0937",
            })
    void what_people_write_is_taken(String text) {
        assertThat(fields(new Body(text, text, text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud83d\ude00",
                "\u2764\ufe0f",
                "\ud83d\udc69\ud83c\udffd\u200d\ud83d\udcbb",
                "\u2764\ufe0f\u200d\ud83d\udd25",
                "---",
                "#1/2",
            })
    void a_reference_may_be_of_symbols_alone(String text) {
        assertThat(fields(new Body("A", text, text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "\u0007",
                "\u007f",
                "\u0085",
                "\u009b", // controls
                "\u00ad",
                "\u200b",
                "\u202e",
                "\u2066",
                "\ufeff",
                "\ue0041", // format
                "\udb40\udc41", // a tag
                "\u200c",
                "\u200d", // joiners beside letters that are not joined
                "\u00a0",
                "\u2002",
                "\u202f",
                "\u3000",
                "\u2028",
                "\u2029", // separators
                "\ue000",
                "\udbff\udffd", // private
                "\u0378",
                "\ufdd0",
                "\uffff", // unassigned
                "\ud800",
                "\udc00", // halves
                "\u115f",
                "\u3164",
                "\uffa0",
                "\u034f",
                "\u17b4" // letters and marks that are blank
            })
    void what_nobody_sees_is_refused(String unseen) {
        for (var text : List.of(unseen, "a" + unseen + "b", unseen + "\ud83d\ude00")) {
            assertThat(fields(new Body("A", text, text)))
                    .as("%x", (int) unseen.charAt(0))
                    .containsExactlyInAnyOrder("reference", "comment");
            assertThat(fields(new Body(text, "", ""))).contains("name");
        }
    }

    @Test
    void only_a_comment_has_lines() {
        assertThat(fields(new Body("a\nb", "a\tb", "a\r\n\tb")))
                .containsExactlyInAnyOrder("name", "reference");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "\ud83d\ude00", "...", "\u0301", "\u0645\u200c\u200c\u0631"})
    void a_name_has_a_letter_or_a_digit_and_no_joiner_twice(String name) {
        assertThat(fields(new Body(name, null, null))).containsExactly("name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void a_blank_name_is_refused_once(String name) {
        assertThat(fields(new Body(name, null, null))).containsExactly("name");
    }

    /** Patterns that repeat a group end in a StackOverflowError here. */
    @Test
    void a_text_may_be_as_long_as_a_request() {
        assertThat(fields(new Body("A", "x".repeat(1 << 16), "\u0915\u094d\u200d".repeat(1 << 14))))
                .isEmpty();
    }

    @Test
    void text_is_read_as_composed() throws JsonProcessingException {
        var json =
                """
                {"name":"Jose\\u0301","reference":"A\\u030a","comment":null}""";

        assertThat(JsonMapper.builder().build().readValue(json, Body.class))
                .isEqualTo(new Body("Jos\u00e9", "\u00c5", null));
    }

    private static List<String> fields(Body body) {
        return VALIDATOR.validate(body).stream().map(v -> v.getPropertyPath().toString()).toList();
    }
}
