package banking.projection;

import static banking.Feed.deposit;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.StreamId;
import banking.events.Topic;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the mechanism does while the servers that it needs are away. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class OutageTest {

    private final ProjectionConfig config =
            new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(ProjectionConfig.class)
                    .build()
                    .getConfigMapping(ProjectionConfig.class);

    @Inject AgroalDataSource database;

    @Test
    void a_database_that_is_away_for_a_while_delays_events_and_loses_none()
            throws InterruptedException {
        var id = UUID.randomUUID();
        var versions = new Versions(Topic.ACCOUNTS);
        var away = new AtomicBoolean(true);
        versions.hindrance =
                _ -> {
                    if (away.get()) {
                        throw new SQLException("the database is away", "08006");
                    }
                };
        var progress = new Progress();
        Feed.send(Feed.account(id, "Pat", 5));
        var rival = new Rival(versions.name(), versions, config, database, round -> {}, progress);
        rival.start();
        try {
            Bank.eventually()
                    .untilAsserted(
                            () -> assertThat(progress.failure()).contains("the database is away"));
            Feed.send(deposit(id, 6));
            assertThat(versions.seen).isEmpty();

            away.set(false);

            Bank.eventually()
                    .untilAsserted(
                            () -> assertThat(versions.seen).containsEntry(new StreamId(id), 6L));
            Bank.eventually().until(() -> progress.failure() == null);
        } finally {
            rival.stop();
        }
        assertThat(progress.failure()).isEqualTo("stopped");
    }

    @Test
    void a_batch_that_a_transaction_has_no_time_for_is_taken_in_pieces()
            throws InterruptedException {
        var ids = Stream.generate(UUID::randomUUID).limit(60).toList();
        ids.forEach(id -> Feed.send(Feed.account(id, "Rita", 3)));
        var versions = new Versions(Topic.ACCOUNTS);
        versions.hindrance =
                streams -> {
                    if (streams.size() > 40) {
                        throw new SQLException("took too long", "57014");
                    }
                };
        var rival =
                new Rival(versions.name(), versions, config, database, round -> {}, new Progress());
        rival.start();
        try {
            Bank.eventually().until(() -> ids.stream().allMatch(id -> versions.of(id) == 3));
        } finally {
            rival.stop();
        }
    }

    /** A host that is lost says nothing any more, and its database sessions stay open. */
    @Test
    void a_process_that_is_lost_in_the_middle_of_a_batch_holds_up_the_others_for_seconds()
            throws InterruptedException {
        var id = UUID.randomUUID();
        var lost = new Versions(Topic.ACCOUNTS);
        var inTheMiddle = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        lost.hindrance =
                _ -> {
                    inTheMiddle.countDown();
                    awaitUninterruptibly(end);
                };
        Feed.send(Feed.account(id, "Quinn", 4));
        var first = new Rival("lost", lost, config, database, round -> {}, new Progress());
        first.start();
        inTheMiddle.await();

        var survivor = lost.elsewhere();
        var second = new Rival("survivor", survivor, config, database, round -> {}, new Progress());
        second.start();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> survivor.of(id) == 4);
        } finally {
            end.countDown();
            first.stop();
            second.stop();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
