package banking.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.StreamId;
import banking.events.Topic;
import banking.projection.VersionWaits.Outcome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class ProjectionsTest {

    private final UUID id = UUID.randomUUID();

    @Test
    void operators_see_how_far_the_projections_are() {
        Feed.send(Feed.account(id, "Ned", 3));
        Bank.account(id, 3);

        Bank.eventually()
                .untilAsserted(
                        () ->
                                Bank.as("auditor")
                                        .get("/projections")
                                        .then()
                                        .statusCode(200)
                                        .body(
                                                "projections.projection",
                                                containsInAnyOrder(
                                                        "accounts",
                                                        "customers",
                                                        "companies",
                                                        "tasks",
                                                        "employees",
                                                        "approvals"))
                                        .body(
                                                "projections.topic",
                                                containsInAnyOrder(Topic.ALL.toArray()))
                                        .body("projections.failure", everyItem(nullValue()))
                                        .body(
                                                "projections.partitions",
                                                everyItem(hasSize(Topic.PARTITIONS)))
                                        .body(
                                                "projections.partitions.lag.flatten()",
                                                everyItem(equalTo(0))));
    }

    @Test
    void metrics_tell_what_the_projection_does() {
        Feed.send(Feed.account(id, "Ole", 2));
        Bank.account(id, 2);

        Bank.management("/metrics")
                .then()
                .statusCode(200)
                .body(containsString("bank_projection_events_total{projection=\"accounts\"}"))
                .body(containsString("bank_projection_batch_size_count{projection=\"accounts\"}"))
                .body(
                        containsString(
                                "bank_projection_visible_delay_seconds_bucket{projection=\"accounts\""))
                .body(containsString("kafka_consumer_fetch_manager_records_lag"))
                .body(containsString("http_server_requests_seconds_bucket{"))
                .body(containsString("agroal_active_count{"))
                .body(containsString("bank_build_info{"))
                .body(containsString("bank_projection_parked_aggregates{projection=\"accounts\"}"))
                .body(containsString("bank_projection_nameless_records{projection=\"accounts\"}"))
                .body(containsString("bank_standstill_seconds{what=\"projection accounts\"} 0.0"))
                .body(containsString("bank_figures_age_seconds{figures=\"projections\"}"));
    }

    @Test
    void the_service_is_ready_while_the_projections_run() {
        Bank.management("/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'projections' }.data.accounts", equalTo("running"));
    }

    @Test
    void parked_aggregates_are_listed_in_pages() {
        var other = UUID.randomUUID();
        Feed.send(Feed.deposit(id, 2), Feed.deposit(other, 2));
        Bank.awaitParked(id, 1);
        Bank.awaitParked(other, 1);
        List<String> all = Bank.parked().path("parked.streamId");

        var listed = new ArrayList<String>();
        var cursor = "";
        while (cursor != null && listed.size() <= all.size()) {
            var answer =
                    Bank.as("operator")
                            .get("/projections/accounts/parked?limit=1" + cursor)
                            .then()
                            .statusCode(200)
                            .body("parked", hasSize(1))
                            .extract()
                            .jsonPath();
            listed.add(answer.getString("parked[0].streamId"));
            cursor = answer.get("next") == null ? null : "&after=" + answer.getString("next");
        }

        assertThat(listed).isEqualTo(all).contains(id.toString(), other.toString()).isSorted();
    }

    @Test
    void only_so_many_queries_wait_at_a_time() throws InterruptedException {
        var config =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(ProjectionConfig.class)
                        .withDefaultValue("bank.projection.max-waiting", "1")
                        .build()
                        .getConfigMapping(ProjectionConfig.class);
        var waits = new VersionWaits(config);
        var stream = new StreamId(id);
        var looked = new CountDownLatch(2);
        var first =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return waits.await(
                                        "accounts",
                                        stream,
                                        1,
                                        () -> {
                                            looked.countDown();
                                            return 0;
                                        });
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        looked.await();

        assertThat(waits.await("accounts", stream, 1, () -> 0))
                .isEqualTo(new Outcome.TooManyWaiting());
        assertThat(waits.await("accounts", stream, 1, () -> 1)).isEqualTo(new Outcome.Reached());
        assertThat(first.join()).isEqualTo(new Outcome.StillAt(0));
    }
}
