package banking;

import static banking.Bank.as;
import static banking.Bank.teller;

import banking.embedded.BankTestResource;
import banking.events.codec.CloudEvent;
import banking.events.codec.RecordedEvent;
import banking.events.codec.Sha256;
import banking.events.codec.WrittenEvent;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Customers, companies, employees and tasks, as a teller deals with them. */
public final class People {

    private People() {}

    /** An e-mail domain that no other test knows. */
    public static String newDomain() {
        return UUID.randomUUID() + ".example";
    }

    public static String newAddress() {
        return "somebody@" + newDomain();
    }

    public static Response register(String name, String email) {
        return teller().body(Map.of("name", name, "email", email)).post("/customers");
    }

    /** Registers a customer and gives its id. */
    public static String customer(String email) {
        return register("Alice", email).then().statusCode(201).extract().path("customerId");
    }

    public static Response changeEmail(String customer, String email) {
        return teller().body(Map.of("email", email)).put("/customers/{id}/email", customer);
    }

    public static Response registerCompany(String domain) {
        return teller().body(Map.of("name", "Example Ltd", "emailDomain", domain))
                .post("/companies");
    }

    /** Registers an employee and gives its id. */
    public static String employee(String name, String email) {
        return teller().body(Map.of("name", name, "email", email))
                .post("/employees")
                .then()
                .statusCode(201)
                .extract()
                .path("employeeId");
    }

    /** Creates a task about no customer and gives its id. */
    public static String task(String name) {
        return teller().body(Map.of("name", name))
                .post("/tasks")
                .then()
                .statusCode(201)
                .extract()
                .path("taskId");
    }

    public static Response assign(String task, String employee) {
        return teller().body(Map.of("employeeId", employee)).put("/tasks/{id}/assignee", task);
    }

    public static Response comment(String task, String text) {
        return teller().body(Map.of("text", text)).post("/tasks/{id}/comments", task);
    }

    public static Response complete(String task) {
        return teller().post("/tasks/{id}/completion", task);
    }

    public static Response state(String type, String id) {
        return as("auditor").get("/streams/{type}/{id}/state", type, id);
    }

    /** The types of the stream's events, in order. */
    public static List<String> history(String type, String id) {
        return as("auditor")
                .queryParam("limit", 1000)
                .get("/streams/{type}/{id}/events", type, id)
                .then()
                .statusCode(200)
                .extract()
                .path("events.type");
    }

    /** Puts events into a topic once more, as a relay does after a crash. */
    public static void publishAgain(String topic, List<WrittenEvent> events) {
        // Nobody here looks at the chain.
        publish(topic, events.stream().map(e -> Bank.KEYS.after(Sha256.NONE, e)).toList());
    }

    /** Puts events into a topic, as whoever may write to it can. */
    public static void publish(String topic, List<RecordedEvent> events) {
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers", BankTestResource.addresses().bootstrapServers());
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            var sent = new ArrayList<Future<RecordMetadata>>();
            for (var event : events) {
                var record =
                        new ProducerRecord<>(
                                topic,
                                event.streamId().toString(),
                                event.event().payload().getBytes(StandardCharsets.UTF_8));
                CloudEvent.writeHeaders(event, record.headers()::add);
                sent.add(producer.send(record));
            }
            for (var acknowledgement : sent) {
                acknowledgement.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
