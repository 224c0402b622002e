package banking.task;

import banking.http.PlainText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the task's requests carry. */
final class TaskBodies {

    static final int MAX_NAME_CHARACTERS = 50;
    static final int MAX_COMMENT_CHARACTERS = 1000;

    private TaskBodies() {}

    record Creation(
            @NotBlank
                    @Size(max = MAX_NAME_CHARACTERS)
                    @PlainText(name = true)
                    @Schema(examples = "Call the customer back")
                    @Nullable String name,
            @Pattern(regexp = PlainText.UUID, message = PlainText.UUID_MESSAGE)
                    @Schema(
                            nullable = true,
                            description = "Whom the task is about; optional",
                            examples = "01890a5d-ac96-774b-bcce-b302099a8057")
                    @Nullable String customerId) {}

    record Assignment(
            @NotBlank
                    @Pattern(regexp = PlainText.UUID, message = PlainText.UUID_MESSAGE)
                    @Schema(examples = "01890a5d-ac96-774b-bcce-b302099a8057")
                    @Nullable String employeeId) {}

    /** A comment may have lines. */
    record Comment(
            @NotBlank
                    @Size(max = MAX_COMMENT_CHARACTERS)
                    @PlainText(lines = true)
                    @Schema(examples = "Asked for a better copy.")
                    @Nullable String text) {}
}
