package banking.http;

import banking.audit.AuditTrail;
import banking.pipeline.Bulk;
import banking.pipeline.CommandPipeline;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Gives the commands of a bulk, each as if it had come alone, and tells what became of each. */
@ApplicationScoped
class BulkCommands {

    private static final int REFUSED = 400;

    /** Of what is refused so, the record says that nothing was to be done. */
    private static final String DRY_RUN = "dry run";

    private final BulkOperations operations;
    private final CommandPipeline pipeline;
    private final BulkProblems problems;
    private final AuditTrail trail;
    private final ExpensiveReads reads;
    private final BulkResults results;
    private final ObjectMapper json;
    private final Clock clock = Clock.systemUTC();

    private record Given(BulkItem item, CompletionStage<Response> answer) {}

    BulkCommands(
            BulkOperations operations,
            CommandPipeline pipeline,
            BulkProblems problems,
            AuditTrail trail,
            ExpensiveReads reads,
            BulkResults results,
            ObjectMapper json) {
        this.operations = operations;
        this.pipeline = pipeline;
        this.problems = problems;
        this.trail = trail;
        this.reads = reads;
        this.results = results;
        this.json = json;
    }

    /** The answers, in the order of the commands. */
    List<BulkAnswer> give(
            List<JsonNode> commands, boolean isDryRun, String operation, RoutingContext request) {
        var bulk = new Bulk(isDryRun);
        var story = RequestStories.story(request);
        var given =
                commands.stream()
                        .map(said -> begin(said, new BulkItem(operation, story), bulk, request))
                        .toList();
        if (isDryRun) {
            Asked.of(request).because(DRY_RUN);
            given.forEach(each -> each.item.asked().because(DRY_RUN));
            reads.inTurn(() -> decided(bulk));
        } else {
            pipeline.give(bulk);
        }
        return given.stream().map(each -> answer(each, isDryRun, request)).toList();
    }

    private Bulk decided(Bulk bulk) {
        pipeline.give(bulk);
        return bulk;
    }

    private Given begin(JsonNode said, BulkItem item, Bulk bulk, RoutingContext request) {
        try {
            return new Given(item, operations.call(said, item, bulk, request));
        } catch (RuntimeException | JsonProcessingException e) {
            return new Given(item, CompletableFuture.failedFuture(e));
        }
    }

    private BulkAnswer answer(Given given, boolean isDryRun, RoutingContext request) {
        var answer =
                given.answer
                        .exceptionally(failure -> problems.of(failure).toResponse())
                        .toCompletableFuture()
                        .join();
        if (!isDryRun) {
            results.count(answer.getStatus());
        }
        if (!isDryRun || answer.getStatus() >= REFUSED) {
            putOnRecord(given.item, answer, request);
        }
        var tag = answer.getEntityTag();
        var retryAfter = answer.getHeaderString(HttpHeaders.RETRY_AFTER);
        return new BulkAnswer(
                answer.getStatus(),
                tag == null ? null : Long.valueOf(tag.getValue()),
                isDryRun ? null : answer.getHeaderString(HttpHeaders.LOCATION),
                retryAfter == null ? null : Integer.valueOf(retryAfter),
                given.item.story(),
                isDryRun ? true : null,
                text(answer.getEntity()),
                answer.getEntity() instanceof HttpProblem problem ? problem : null);
    }

    private @Nullable String text(Object entity) {
        try {
            return switch (entity) {
                case byte[] written -> new String(written, StandardCharsets.UTF_8);
                case HttpProblem _ -> null;
                default -> json.writeValueAsString(entity);
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written", e);
        }
    }

    /** What has led to events is on record with them, as everywhere. */
    private void putOnRecord(BulkItem item, Response answer, RoutingContext request) {
        if (!item.asked().isKnownToTheJournal()) {
            var status = answer.getStatus();
            var code =
                    status >= REFUSED && answer.getEntity() instanceof HttpProblem problem
                            ? Problems.trueCode(problem)
                            : null;
            var caller = Permitted.caller(request);
            trail.add(item.entry(clock.instant(), caller, status, code, Logins.address(request)));
        }
    }
}
