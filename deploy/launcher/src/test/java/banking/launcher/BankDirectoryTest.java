package banking.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.embedded.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BankDirectoryTest {

    @TempDir Path directory;

    @Test
    void a_disk_without_room_is_told_with_what_is_free_and_what_is_needed() {
        assertThatThrownBy(() -> BankDirectory.open(directory, false, Long.MAX_VALUE))
                .isInstanceOf(StartFailure.class)
                .hasMessageMatching("Only \\d+ MB are free in .*, but the bank needs \\d+ MB");
        BankDirectory.open(directory, false, 1).close();
    }

    @Test
    void a_folder_that_cannot_be_made_is_named() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> BankDirectory.open(file.resolve("bank"), false, 1))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void data_is_kept_unless_a_fresh_start_is_asked_for() throws IOException {
        Path data = Files.createDirectories(directory.resolve("kafka/data")).resolve("records");
        Files.writeString(data, "kept");
        BankDirectory.open(directory, false, 1).close();
        assertThat(data).hasContent("kept");
        BankDirectory.open(directory, true, 1).close();
        assertThat(data).doesNotExist();
    }

    @Test
    void a_process_note_cut_short_by_a_crash_is_ignored() throws IOException {
        Files.writeString(directory.resolve("processes"), "123 4567\n99");
        BankDirectory.open(directory, false, 1).close();
        assertThat(directory.resolve("processes")).doesNotExist();
    }
}
