package banking.e2e;

import static banking.e2e.BankClient.eventually;

import banking.launcher.ServiceProcess;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * In front of several processes of each service, what gateway and Services are on a cluster: it
 * routes as they are told to, by turns, and sends nothing more to a process a moment after that one
 * has said that it is not ready. It tries nothing again: what a caller sees is what a process did.
 */
final class Balancer implements AutoCloseable {

    private static final int PROBE_EVERY_MILLIS = 50;

    /** What a cluster takes to tell its gateway. */
    private static final long TOLD_AFTER_NANOS = 250_000_000;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final Duration PROBE_WITHIN = Duration.ofSeconds(1);
    private static final Set<String> HANDED_ON =
            Set.of("authorization", "content-type", "idempotency-key", "retry-after", "location");

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PROBE_WITHIN)
                    .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final List<ServiceProcess> known = new CopyOnWriteArrayList<>();
    private final Set<ServiceProcess> inUse = ConcurrentHashMap.newKeySet();
    private final Set<String> faults = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> cut = new ConcurrentLinkedQueue<>();
    private final AtomicInteger putOff = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();
    private final Routes routes = Routes.read();
    private final HttpServer server;

    Balancer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
        var _ =
                timer.scheduleWithFixedDelay(
                        () -> known.forEach(this::probe),
                        0,
                        PROBE_EVERY_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Returns once they get requests. */
    void use(List<ServiceProcess> processes) {
        known.addAll(processes);
        eventually().until(() -> inUse.containsAll(processes));
    }

    /**
     * As when a pod is deleted: returns when it has got its last request, which {@code preStop}
     * waits for before the process is told to stop.
     */
    void forget(ServiceProcess process) {
        known.remove(process);
        long begun = System.nanoTime();
        eventually().until(() -> System.nanoTime() - begun > TOLD_AFTER_NANOS);
        inUse.remove(process);
    }

    /** What nobody should have been answered. */
    Set<String> faults() {
        return faults;
    }

    /** The requests whose connection ended without an answer. */
    List<String> cut() {
        return List.copyOf(cut);
    }

    /** How many were told to come again. */
    int putOff() {
        return putOff.get();
    }

    private void probe(ServiceProcess process) {
        if (isReady(process)) {
            inUse.add(process);
        } else if (inUse.contains(process)) {
            var _ =
                    timer.schedule(
                            () -> inUse.remove(process), TOLD_AFTER_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private boolean isReady(ServiceProcess process) {
        URI ready = process.management().resolve("/q/health/ready");
        try {
            var probe = HttpRequest.newBuilder(ready).timeout(PROBE_WITHIN).build();
            return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String service = routes.service(exchange.getRequestMethod(), path);
            HttpResponse<byte[]> answer = send(exchange, next(service));
            judge(asked, answer);
            answer(exchange, answer);
        } catch (IOException e) {
            cut.add(asked + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (AssertionError e) {
            faults.add(String.valueOf(e.getMessage()));
        }
    }

    private ServiceProcess next(String service) {
        List<ServiceProcess> all =
                inUse.stream().filter(process -> process.name().equals(service)).toList();
        if (all.isEmpty()) {
            throw new AssertionError("no " + service + " service was ready");
        }
        return all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
    }

    private HttpResponse<byte[]> send(HttpExchange exchange, ServiceProcess to)
            throws IOException, InterruptedException {
        var body = BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes());
        var request =
                HttpRequest.newBuilder(to.uri().resolve(exchange.getRequestURI()))
                        .timeout(ANSWER_WITHIN)
                        .method(exchange.getRequestMethod(), body);
        exchange.getRequestHeaders()
                .forEach(
                        (name, values) -> {
                            if (isHandedOn(name)) {
                                request.header(name, values.getFirst());
                            }
                        });
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** No server's failure but one that says when to come again. */
    private void judge(String asked, HttpResponse<byte[]> answer) {
        if (answer.statusCode() >= 500) {
            putOff.incrementAndGet();
            if (answer.statusCode() != 503
                    || answer.headers().firstValue("Retry-After").isEmpty()
                    || BankClient.json(answer.body()).path("code").asText().isEmpty()) {
                faults.add(asked + " was answered " + answer.statusCode());
            }
        }
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
            throws IOException {
        answer.headers()
                .map()
                .forEach(
                        (name, values) -> {
                            if (isHandedOn(name)) {
                                exchange.getResponseHeaders().put(name, values);
                            }
                        });
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static boolean isHandedOn(String header) {
        return HANDED_ON.stream().anyMatch(header::equalsIgnoreCase);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        server.stop(0);
        threads.shutdownNow();
        http.shutdownNow();
    }
}
