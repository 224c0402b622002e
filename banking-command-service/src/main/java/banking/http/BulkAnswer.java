package banking.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of one command of a bulk.
 *
 * @param status as the operation would have answered the command alone
 * @param version as its ETag
 * @param location as its Location
 * @param retryAfter as its Retry-After, in seconds
 * @param correlationId the story that the command is in
 * @param dryRun that nothing of it is done, only told; absent otherwise
 * @param answer its answer, where it was not refused
 * @param problem why it was refused
 */
@RegisterForReflection // The framework sees only a Response.
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkAnswer(
        @Schema(examples = "201") int status,
        @Nullable Long version,
        @Schema(examples = "http://localhost:8081/accounts/01890a5d-ac96-774b-bcce-b302099a8057")
                @Nullable String location,
        @Schema(examples = "1") @Nullable Integer retryAfter,
        @Schema(examples = "01890a5d-ac96-774b-bcce-b302099a8057") String correlationId,
        @Schema(examples = "true") @Nullable Boolean dryRun,
        @JsonRawValue @Schema(implementation = Object.class) @Nullable String answer,
        @Schema(ref = "Problem") @Nullable HttpProblem problem) {}
