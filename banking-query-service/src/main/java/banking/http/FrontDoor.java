package banking.http;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateData;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Shows a browser, whoever sits at it, what this service is, where to go on, and what its health
 * shows everybody. Who does not ask for HTML is answered as though there were no such page.
 */
@ApplicationScoped
class FrontDoor {

    private static final String CONTENT_POLICY =
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'";

    private final SmallRyeHealthReporter health;
    private final Template page;
    private final String otherService;
    private final String api;
    private final int managementPort;

    /**
     * @param otherService as callers reach it; empty for the same host and port as this service's
     * @param api where the API is documented
     */
    FrontDoor(
            SmallRyeHealthReporter health,
            @Location("front-door.html") Template page,
            @ConfigProperty(name = "bank.front-door.other-service") Optional<String> otherService,
            @ConfigProperty(name = "bank.front-door.api") String api,
            @ConfigProperty(name = "quarkus.management.port") int managementPort) {
        this.health = health;
        this.page = page;
        this.otherService = otherService.orElse("");
        this.api = api;
        this.managementPort = managementPort;
    }

    /** What a health check says; what it says beside its name and status are figures. */
    @TemplateData
    record Check(String name, String status, List<Figure> figures) {

        /** What says nothing but that it is well is not worth a line. */
        boolean isWorthTelling() {
            return !figures.isEmpty() || !"UP".equals(status);
        }
    }

    @TemplateData
    record Figure(String name, String value) {}

    void open(@Observes Router router) {
        router.route("/").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::answer);
    }

    private void answer(RoutingContext request) {
        if (request.parsedHeaders().accept().stream().noneMatch(FrontDoor::isHtml)) {
            request.next();
            return;
        }
        health.getHealthAsync().subscribe().with(now -> show(request, now), request::fail);
    }

    /**
     * Who takes anything, as curl does, does not ask for HTML. The weight comes first: a range that
     * stands alone is not parsed before it is asked for.
     */
    private static boolean isHtml(MIMEHeader accepted) {
        return accepted.weight() > 0
                && "text".equalsIgnoreCase(accepted.component())
                && "html".equalsIgnoreCase(accepted.subComponent());
    }

    private void show(RoutingContext request, SmallRyeHealth now) {
        var authority = String.valueOf(request.request().authority());
        var host = authority.replaceFirst(":\\d+$", "");
        var self = request.request().scheme() + "://" + authority;
        var text =
                page.data("self", self)
                        .data("other", otherService.isEmpty() ? self : otherService)
                        .data("api", api)
                        .data("management", "http://" + host + ":" + managementPort)
                        .data("status", now.getPayload().getString("status"))
                        .data("checks", checks(now.getPayload()))
                        .data("time", Instant.now().truncatedTo(ChronoUnit.SECONDS))
                        .render();
        var body = Buffer.buffer(text);
        request.response()
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .putHeader("Content-Security-Policy", CONTENT_POLICY)
                .putHeader("Referrer-Policy", "no-referrer")
                .end(body);
    }

    private static List<Check> checks(JsonObject health) {
        return health.getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .map(
                        each ->
                                new Check(
                                        each.getString("name"),
                                        each.getString("status"),
                                        figures(each)))
                .filter(Check::isWorthTelling)
                .toList();
    }

    private static List<Figure> figures(JsonObject check) {
        var data = check.getJsonObject("data");
        return data == null
                ? List.of()
                : data.entrySet().stream()
                        .map(each -> new Figure(each.getKey(), text(each.getValue())))
                        .toList();
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.getString() : value.toString();
    }
}
