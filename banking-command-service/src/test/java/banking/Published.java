package banking;

import banking.embedded.BankTestResource;
import banking.events.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** What the topic of the accounts has. */
public final class Published {

    private Published() {}

    /**
     * Empties the topic: the service that is started next compares it with the journal, and is not
     * to find what was forged there, or taken out of the journal here.
     */
    public static void forget() throws ExecutionException, InterruptedException {
        var kafkaHere =
                Map.<String, Object>of(
                        "bootstrap.servers", BankTestResource.addresses().bootstrapServers());
        try (var admin = Admin.create(kafkaHere)) {
            var latest = new HashMap<TopicPartition, OffsetSpec>();
            for (int partition = 0; partition < Topic.PARTITIONS; partition++) {
                latest.put(new TopicPartition(Topic.ACCOUNTS, partition), OffsetSpec.latest());
            }
            var all = new HashMap<TopicPartition, RecordsToDelete>();
            admin.listOffsets(latest)
                    .all()
                    .get()
                    .forEach((p, end) -> all.put(p, RecordsToDelete.beforeOffset(end.offset())));
            admin.deleteRecords(all).all().get();
        }
    }
}
