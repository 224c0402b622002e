package banking.e2e;

import banking.launcher.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** What Prometheus would scrape of a service. */
record Metrics(String text) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Metrics of(ServiceProcess service) {
        try {
            var request = HttpRequest.newBuilder(service.management().resolve("/q/metrics"));
            return new Metrics(HTTP.send(request.build(), BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whatever its labels are. */
    List<Double> all(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }
}
