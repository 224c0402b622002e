package banking.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Both services as they are packaged, told what the manifests tell them, among servers that speak
 * TLS alone.
 */
final class SecuredBank {

    private static final Path MANIFESTS = Path.of("../kubernetes/components");

    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final Path directory;
    private final Certificates certificates;
    private final SecuredPostgres postgres;
    private final SecuredKafka kafka;
    private final SecuredMail mail;
    private final HttpClient http;
    private final ServiceProcess command;
    private final ServiceProcess query;

    private SecuredBank(Path directory) throws Exception {
        this.directory = directory;
        certificates = Certificates.in(directory.resolve("certificates"));
        postgres = SecuredPostgres.start(certificates);
        opened.push(postgres::close);
        kafka = SecuredKafka.start(directory.resolve("kafka"), certificates);
        opened.push(kafka::close);
        mail = new SecuredMail(certificates);
        opened.push(mail::close);
        http = HttpClient.newBuilder().sslContext(certificates.trusting()).build();
        opened.push(http::close);
        command = service("command");
        opened.push(command::close);
        query = service("query");
        opened.push(query::close);
    }

    static SecuredBank start(Path directory) throws Exception {
        var bank = new SecuredBank(directory);
        try {
            bank.kafka.prepare();
            bank.command.start();
            bank.query.start();
            bank.command.awaitReady();
            bank.query.awaitReady();
            return bank;
        } catch (Exception e) {
            bank.close();
            throw e;
        }
    }

    private ServiceProcess service(String name) throws Exception {
        certificates.issue(name);
        var ports = ServicePorts.free();
        var definition =
                ServiceDefinition.packaged(name, Path.of("../.."), ports)
                        .wiredTo(new Database("", name, name), kafka.bootstrapServers())
                        .keyedFrom(directory.resolve("keys"))
                        .with(settings(name, ports));
        return new ServiceProcess(definition, directory.resolve(name + ".log"), started -> {});
    }

    /** Those of the components that encrypt, with the addresses and files of this machine. */
    private Map<String, String> settings(String name, ServicePorts ports) throws IOException {
        var settings = new HashMap<String, String>();
        for (var component : List.of("secured", "https")) {
            for (var line :
                    Files.readAllLines(MANIFESTS.resolve(component + "/" + name + ".env"))) {
                if (!line.startsWith("#")) {
                    var parts = line.split("=", 2);
                    settings.put(parts[0], here(parts[1], name));
                }
            }
        }
        settings.put("QUARKUS_HTTP_SSL_PORT", Integer.toString(ports.http()));
        settings.put("QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD", "30s");
        settings.put("KAFKA_SASL_JAAS_CONFIG", SecuredKafka.login("bank-" + name));
        settings.put("QUARKUS_DATASOURCE_USERNAME", "bank_" + name);
        settings.put("QUARKUS_DATASOURCE_PASSWORD", "bank_" + name);
        settings.put("QUARKUS_FLYWAY_USERNAME", name);
        settings.put("QUARKUS_FLYWAY_PASSWORD", name);
        if (name.equals("command")) {
            settings.put("QUARKUS_MAILER_HOST", "localhost");
            settings.put("QUARKUS_MAILER_PORT", Integer.toString(mail.port()));
            settings.put("QUARKUS_MAILER_TRUSTSTORE_TYPE", "PEM");
            settings.put("QUARKUS_MAILER_TRUSTSTORE_PATHS", certificates.authority().toString());
        }
        return settings;
    }

    private String here(String value, String service) {
        return value.replace(
                        service + "-database-rw:5432/bank",
                        "localhost:" + postgres.port() + "/" + service)
                .replace("/etc/bank/database/ca.crt", certificates.authority().toString())
                .replace("/etc/bank/kafka/ca.crt", certificates.authority().toString())
                .replace("/etc/bank/http/tls.crt", certificates.certificate(service).toString())
                .replace("/etc/bank/http/tls.key", certificates.key(service).toString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(
                request(command, path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        return http.send(
                request(command, path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(query, path).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(ServiceProcess service, String path) {
        var teller = "teller:teller".getBytes(StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port(service) + path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(teller));
    }

    private static int port(ServiceProcess service) {
        return service.definition().ports().http();
    }

    Certificates certificates() {
        return certificates;
    }

    SecuredPostgres postgres() {
        return postgres;
    }

    SecuredKafka kafka() {
        return kafka;
    }

    SecuredMail mail() {
        return mail;
    }

    int commandPort() {
        return port(command);
    }

    void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
