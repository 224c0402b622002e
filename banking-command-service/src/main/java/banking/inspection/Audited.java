package banking.inspection;

import banking.audit.AuditReader.Written;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for, and how it ended.
 *
 * @param id its place in the chain of the process that wrote it, a colon between
 * @param actor empty for who has not said who it is, or could not show it
 * @param operation as this document names it, or method and path where it names none
 * @param status of the answer; 0 for what was about to be done
 * @param code of the problem; {@code not-permitted} too where the caller was told that there is
 *     nothing
 * @param reason why an operator says that it had to be
 */
public record Audited(
        String id,
        Instant at,
        String actor,
        List<String> roles,
        String operation,
        @Nullable String kind,
        @Nullable String aggregate,
        int status,
        @Nullable String code,
        String correlationId,
        String address,
        @Nullable String reason) {

    static Audited of(Written written) {
        var entry = written.entry();
        return new Audited(
                written.id(),
                entry.at(),
                entry.actor(),
                entry.roles().isEmpty() ? List.of() : List.of(entry.roles().split(" ")),
                entry.operation(),
                entry.kind(),
                Optional.ofNullable(entry.aggregate()).map(UUID::toString).orElse(null),
                entry.status(),
                entry.code(),
                entry.correlationId(),
                entry.address(),
                entry.reason());
    }
}
