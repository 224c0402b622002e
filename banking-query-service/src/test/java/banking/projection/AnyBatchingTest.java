package banking.projection;

import static org.assertj.core.api.Assertions.assertThat;

import banking.embedded.BankTestResource;
import banking.events.Event;
import banking.events.codec.EventCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The views are what the events say, however those come together. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class AnyBatchingTest {

    private static final int STEPS = 400;
    private static final int LARGEST_BATCH = 40;

    @Inject @Any Instance<Projection> projections;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void one_by_one_in_one_batch_and_rebuilt_the_views_are_the_same(long seed) throws SQLException {
        var random = new Random(seed);
        try (var views = new OwnViews(projections)) {
            var types = new HashSet<String>();
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            for (var event : new AnyEvents(seed).list(STEPS)) {
                types.add(event.type());
                records.add(views.append(event));
            }
            assertThat(types).as("a new type of event belongs here").containsAll(allTypes());

            for (var record : records) {
                views.take(List.of(record));
            }
            var oneByOne = views.rows();
            assertThat(oneByOne)
                    .anyMatch(row -> row.startsWith("parked_aggregate"))
                    .anyMatch(row -> row.startsWith("account_view"))
                    .anyMatch(row -> row.startsWith("task_view"));

            views.clear();
            views.take(records);
            assertThat(views.rows()).as("in one batch").isEqualTo(oneByOne);

            views.clear();
            var left = views.logs().stream().map(ArrayList::new).toList();
            while (left.stream().anyMatch(log -> !log.isEmpty())) {
                var log = left.get(random.nextInt(left.size()));
                var batch = log.subList(0, Math.min(log.size(), random.nextInt(LARGEST_BATCH)));
                views.take(batch);
                batch.clear();
            }
            assertThat(views.rows()).as("rebuilt").isEqualTo(oneByOne);
        }
    }

    /** Plans are made while there is little, and kept when there is much. */
    @Test
    void however_little_there_is_nothing_is_read_all_through() throws SQLException {
        try (var views = new OwnViews(projections)) {
            for (var event : new AnyEvents(4).list(STEPS)) {
                views.take(List.of(views.append(event)));
            }
            assertThat(views.read("idx_scan")).contains("account_view", "loose_end");
            assertThat(views.read("seq_scan")).doesNotContainAnyElementsOf(WholeBank.TABLES);
        }
    }

    private static List<String> allTypes() {
        return Arrays.stream(Event.class.getPermittedSubclasses())
                .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
                .map(type -> EventCodec.typeName(type.asSubclass(Event.class)))
                .collect(Collectors.toList());
    }
}
