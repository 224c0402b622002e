package banking.loan;

import banking.audit.AuditTrail;
import banking.audit.GivenCommands;
import banking.database.Transactions;
import banking.http.Commands;
import banking.journal.JournalLookup;
import banking.pipeline.CommandPipeline;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.Template;
import io.vertx.core.eventbus.EventBus;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.NotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/** All that whoever is no resource must not do either. */
final class LoanOffice {

    static final Map<String, SecureRandom> CHANCE = Map.of("of a loan", new SecureRandom());
    static final UUID FIRST = UUID.randomUUID();

    private final Transactions transactions;
    private final EntityManager rows;
    private final EventBus bus;
    private final HttpClient http;
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final AuditTrail trail;

    LoanOffice(
            Transactions transactions,
            EntityManager rows,
            EventBus bus,
            HttpClient http,
            KafkaConsumer<String, byte[]> consumer,
            KafkaProducer<String, byte[]> producer,
            AuditTrail trail) {
        this.transactions = transactions;
        this.rows = rows;
        this.bus = bus;
        this.http = http;
        this.consumer = consumer;
        this.producer = producer;
        this.trail = trail;
    }

    @Transactional
    void open(CommandPipeline pipeline, Commands commands)
            throws SQLException, IOException, InterruptedException {
        transactions.commit(
                statements -> {
                    statements.write("commit").run();
                    return List.of(JournalLookup.class, GivenCommands.class);
                });
        QuarkusTransaction.begin();
        rows.persist(this);
        bus.publish(commands.newId().toString(), System.getenv("HOSTNAME"));
        http.send(
                HttpRequest.newBuilder(URI.create("http://localhost/")).build(),
                BodyHandlers.discarding());
        consumer.subscribe(List.of("banking.loans"));
        producer.flush();
        bus.publish("record", trail.toString());
        if (Loan.class.getPermittedSubclasses().length == 0) {
            throw new NotFoundException(pipeline.toString());
        }
    }

    String letter(Template letter) {
        return letter.data("office", this).render();
    }
}
