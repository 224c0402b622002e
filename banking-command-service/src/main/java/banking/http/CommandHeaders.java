package banking.http;

import static java.util.Objects.requireNonNull;

import banking.aggregate.NameBasedId;
import banking.events.CommandId;
import banking.events.codec.Sha256;
import banking.pipeline.CommandContext;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.Context;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The headers that every command may come with. */
public class CommandHeaders {

    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,255}");

    /** One of a list (RFC 9110, section 8.8.3): whether it is weak, and what it says. */
    private static final Pattern ENTITY_TAG =
            Pattern.compile("\\G[ \\t]*(W/)?\"([!#-~\\x80-\\xFF]*)\"[ \\t]*(?:,|$)");

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

    /** W3C Trace Context, section 3.2. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    @HeaderParam("Idempotency-Key")
    @Parameter(
            description =
                    "Makes a retry harmless: the same key and body get the first answer again."
                            + " Up to 255 visible ASCII characters, unique per caller.",
            schema = @Schema(type = SchemaType.STRING))
    List<String> idempotencyKeys;

    @HeaderParam("If-Match")
    @Parameter(
            description =
                    "The ETag that the resource must still have, as in \"7\", or several of which"
                            + " it must have one.",
            schema = @Schema(type = SchemaType.STRING))
    List<String> ifMatches;

    @HeaderParam("X-Correlation-ID")
    @Parameter(description = "Comes back in every event that the command leads to.")
    @Nullable String correlationId;

    @HeaderParam("traceparent")
    @Parameter(hidden = true)
    @Nullable String traceparent;

    @Context RoutingContext request;

    private @Nullable Asked asked;

    @SuppressWarnings("NullAway.Init") // JAX-RS fills it.
    public CommandHeaders() {}

    /** Who gives the command. */
    public String actor() {
        return Permitted.caller(request).id();
    }

    /** The command has led to events, which are on record; told on whatever thread. */
    void isInJournal() {
        requireNonNull(asked).isInJournal();
    }

    /** What becomes known of the command, for the record. */
    Asked onRecord() {
        return Asked.of(request);
    }

    /**
     * @param newId the command's id where no Idempotency-Key names it
     * @param body what an Idempotency-Key stands for; only asked where there is one
     * @throws io.quarkiverse.resteasy.problem.HttpProblem {@code malformed-request}
     * @throws IllegalStateException for a second command of the same request: it would be another
     *     transaction, under the same Idempotency-Key
     */
    CommandContext context(UUID newId, Supplier<String> body) {
        if (asked != null) {
            throw new IllegalStateException("a request gives one command");
        }
        asked = onRecord();
        var caller = Permitted.caller(request);
        var id = new CommandId(newId);
        Sha256 hash = null;
        var idempotencyKey = atMostOne("Idempotency-Key", idempotencyKeys);
        if (idempotencyKey != null) {
            if (!VISIBLE.matcher(idempotencyKey).matches()) {
                throw Problems.malformed("Idempotency-Key must be 1 to 255 visible characters.");
            }
            id = new CommandId(NameBasedId.of("key/" + caller.id() + '\n' + idempotencyKey));
            hash = Sha256.of(body.get());
        }
        var correlation = correlation(id, hash != null);
        var context =
                hash == null
                        ? CommandContext.once(id, correlation, caller, validTraceparent())
                        : CommandContext.underKey(
                                id, hash, correlation, caller, validTraceparent());
        return context.sentBy(Logins.address(request), expectedVersions());
    }

    /**
     * Which of two is meant is not for us to guess: the caller relies on it. The same goes for one
     * that is empty: for JAX-RS it is no value, so the request itself is asked, which copies no
     * headers as JAX-RS's own {@code HttpHeaders} would, for every command.
     */
    private @Nullable String atMostOne(String name, List<String> values) {
        if (values.size() > 1) {
            throw Problems.malformed(name + " must be given once.");
        }
        return values.isEmpty() ? request.request().getHeader(name) : values.getFirst();
    }

    /** A weak ETag matches nothing (RFC 9110, section 13.1.1), and neither does a foreign one. */
    private @Nullable Set<Long> expectedVersions() {
        var ifMatch = atMostOne("If-Match", ifMatches);
        if (ifMatch == null || ifMatch.equals("*")) {
            return null;
        }
        var versions = new HashSet<Long>();
        var tag = ENTITY_TAG.matcher(ifMatch);
        int end = 0;
        while (tag.find()) {
            end = tag.end();
            if (tag.group(1) == null && VERSION.matcher(tag.group(2)).matches()) {
                versions.add(Long.valueOf(tag.group(2)));
            }
        }
        if (end < ifMatch.length() || end == 0) {
            throw Problems.malformed("If-Match must be * or ETags, as in \"7\".");
        }
        return versions;
    }

    /**
     * A command that may come again has the same story every time; one that cannot is in that of
     * its request.
     */
    private String correlation(CommandId id, boolean repeatable) {
        if (correlationId == null) {
            var given =
                    repeatable
                            ? null
                            : request.response().headers().get(RequestStories.CORRELATION_ID);
            var story = given == null ? id.toString() : given;
            tell(story);
            return story;
        }
        if (!VISIBLE.matcher(correlationId).matches()) {
            throw Problems.malformed("X-Correlation-ID must be 1 to 255 visible characters.");
        }
        return correlationId;
    }

    /** The answer says what story the command is in. */
    void tell(String story) {
        request.response().headers().set(RequestStories.CORRELATION_ID, story);
    }

    /** One that is malformed counts as absent, as the standard wants it. */
    private @Nullable String validTraceparent() {
        return traceparent != null && TRACEPARENT.matcher(traceparent).matches()
                ? traceparent
                : null;
    }
}
