package banking.http;

import banking.story.StoryLog;
import banking.story.Traces;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gives every answer the id of the request's story: the caller's, or one that is made here. And
 * tells who came and how they were answered.
 */
@ApplicationScoped
class RequestStories {

    static final String CORRELATION_ID = "X-Correlation-ID";

    /** So that whatever is refused has it too. */
    private static final int FIRST_OF_ALL = Integer.MIN_VALUE;

    /** Quarkus looks who it is at -200, and the resources come at 0 and later. */
    private static final int ONCE_THE_CALLER_IS_KNOWN = -100;

    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,255}");
    private static final Pattern ID = Pattern.compile("/[0-9a-fA-F-]{36}(?=[/?]|$)");

    /** Random, so it belongs to the running process and not into a native image's static fields. */
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    private final Traces traces;

    RequestStories(Traces traces) {
        this.traces = traces;
    }

    void tell(@Observes Router router) {
        router.route().order(FIRST_OF_ALL).handler(this::name);
        router.route().order(ONCE_THE_CALLER_IS_KNOWN).handler(RequestStories::tell);
    }

    private void name(RoutingContext request) {
        var given = request.request().getHeader(CORRELATION_ID);
        var story =
                given != null && VISIBLE.matcher(given).matches()
                        ? given
                        : ids.generate().toString();
        request.response().putHeader(CORRELATION_ID, story);
        if (traces.isOn()) {
            trace(request);
        }
        request.next();
    }

    /** All that follows from the request sees its span as what its caller has sent. */
    private void trace(RoutingContext request) {
        var headers = request.request().headers();
        var span = traces.request(headers.get(Traces.HEADER));
        if (span.isRecording()) {
            span.updateName(line(request));
            headers.set(Traces.HEADER, Traces.traceparent(span));
            request.addEndHandler(
                    _ -> {
                        var status = request.response().getStatusCode();
                        span.setAttribute("http.response.status_code", status).end();
                    });
        }
    }

    private static void tell(RoutingContext request) {
        if (StoryLog.isOn()) {
            var begun = System.nanoTime();
            var line = line(request);
            var actor = actor(request);
            var trace = request.request().getHeader(Traces.HEADER);
            StoryLog.tell(story(request), stream(request), actor, trace, line + " came in");
            request.addEndHandler(
                    _ -> {
                        var millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
                        var status = request.response().getStatusCode();
                        var answer = " was answered " + status + " after " + millis + " ms";
                        var story = story(request);
                        StoryLog.tell(story, stream(request), actor, trace, line + answer);
                    });
        }
        request.next();
    }

    /** A command may have given its answer another. */
    static String story(RoutingContext request) {
        return String.valueOf(request.response().headers().get(CORRELATION_ID));
    }

    /** What the path names, or what was made; empty where it is neither. */
    private static String stream(RoutingContext request) {
        var made = request.response().headers().get(HttpHeaders.LOCATION);
        return Stream.of(path(request), made == null ? "" : made)
                .flatMap(path -> ID.matcher(path).results())
                .map(id -> id.group().substring(1))
                .findFirst()
                .orElse("");
    }

    /** As it came where nothing can be made of it. */
    static String path(RoutingContext request) {
        try {
            return request.normalizedPath();
        } catch (IllegalArgumentException e) {
            return String.valueOf(request.request().path());
        }
    }

    static String line(RoutingContext request) {
        var path = ID.matcher(path(request)).replaceAll("/{id}");
        return request.request().method() + " " + path;
    }

    private static String actor(RoutingContext request) {
        return request.user() instanceof QuarkusHttpUser user
                ? user.getSecurityIdentity().getPrincipal().getName()
                : "";
    }
}
