package banking.task;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedWordsTest {

    @Test
    void plain_text_stays_as_it_is() {
        assertThat(EncodedWords.of("Your task: Call back = now?"))
                .isEqualTo("Your task: Call back = now?");
    }

    /** Jakarta Mail reads what another program's words say. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Pr\u00fcfen",
                "\ud83d\ude00",
                "=?UTF-8?Q?Free_money?=",
                "a =?b",
                "a\r\nBcc: somebody@bank.example",
                "x\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00",
            })
    void what_is_encoded_is_read_as_it_was(String text) throws UnsupportedEncodingException {
        var encoded = EncodedWords.of(text);

        assertThat(encoded).matches("(=\\?UTF-8\\?B\\?[A-Za-z0-9+/=]{1,52}\\?=(\r\n )?)+");
        assertThat(MimeUtility.decodeText(MimeUtility.unfold(encoded))).isEqualTo(text);
    }
}
