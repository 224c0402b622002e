package banking.ledger;

import static banking.Feed.eur;
import static banking.Feed.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.TransferCompleted;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRefunded;
import banking.events.AccountEvent.TransferRequested;
import banking.events.AccountId;
import banking.events.Currency;
import banking.events.TransferId;
import banking.events.codec.WrittenEvent;
import banking.health.Figure;
import banking.health.Invariant.Findings;
import banking.projection.OwnViews;
import banking.projection.Projection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bank sees by itself when its books are amiss, and only then. */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class BooksTest {

    private static final int STEPS = 3_000;
    private static final int LARGEST_BATCH = 60;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Findings WELL =
            new Findings(
                    Map.of(
                            Figure.of(Books.IMBALANCE),
                            0L,
                            Figure.of(Books.DIFFERENCE),
                            0L,
                            Figure.of(Books.OVERDUE),
                            0L),
                    Map.of());

    private final UUID source = UUID.randomUUID();
    private final UUID target = UUID.randomUUID();
    private final TransferId transfer = new TransferId(UUID.randomUUID());
    private final Books books =
            new Books(
                    new BooksConfig() {
                        @Override
                        public Duration every() {
                            return LONGEST;
                        }

                        @Override
                        public Duration longestTransit() {
                            return LONGEST;
                        }
                    });

    @Inject @Any Instance<Projection> projections;
    private OwnViews views;

    @BeforeEach
    void open() {
        views = new OwnViews(projections);
    }

    @AfterEach
    void close() throws SQLException {
        views.close();
    }

    private Findings check() throws SQLException {
        return check(null);
    }

    /** All currencies' figures added up. */
    private Findings check(@Nullable Instant readThrough) throws SQLException {
        var findings = views.check(books, readThrough);
        var sums = new HashMap<>(WELL.figures());
        findings.figures()
                .forEach((f, number) -> sums.merge(Figure.of(f.metric()), number, Long::sum));
        return new Findings(sums, findings.breaches());
    }

    private void happened(WrittenEvent... events) throws SQLException {
        for (var event : events) {
            views.take(List.of(views.append(event)));
        }
    }

    /** Each partition goes its own way: some far ahead of the others, none waiting for another. */
    @Test
    void nothing_is_amiss_while_money_moves() throws Exception {
        new RandomTraffic(7, new Currency("SEK")).events(STEPS).forEach(views::append);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers =
                    views.logs().stream()
                            .map(log -> CompletableFuture.runAsync(() -> read(log), threads))
                            .toArray(CompletableFuture<?>[]::new);
            var all = CompletableFuture.allOf(readers);
            do {
                assertThat(check()).isEqualTo(WELL);
            } while (!all.isDone());
            all.get();
        }
        assertThat(check()).isEqualTo(WELL);
    }

    private void read(List<ConsumerRecord<byte[], byte[]>> log) {
        var random = new Random(log.size());
        int from = 0;
        while (from < log.size()) {
            int to = Math.min(log.size(), from + 1 + random.nextInt(LARGEST_BATCH));
            try {
                views.take(log.subList(from, to));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            from = to;
        }
    }

    private WrittenEvent requested() {
        return event(
                source,
                3,
                new TransferRequested(
                        transfer, new AccountId(target), eur("3.00"), eur("7.00"), null));
    }

    private WrittenEvent received(int version) {
        return event(
                target,
                version,
                new TransferReceived(
                        transfer,
                        new AccountId(source),
                        eur("3.00"),
                        eur("3.00").plus(eur("3.00")),
                        null));
    }

    private WrittenEvent refunded() {
        return event(
                source,
                4,
                new TransferRefunded(
                        transfer, new AccountId(target), "no", eur("3.00"), eur("10.00"), null));
    }

    private void openBoth() throws SQLException {
        happened(
                event(source, 1, new AccountOpened("Sue", Feed.EUR, null)),
                event(source, 2, new MoneyDeposited(eur("10.00"), eur("10.00"), null)),
                event(target, 1, new AccountOpened("Tom", Feed.EUR, null)),
                event(target, 2, new MoneyDeposited(eur("3.00"), eur("3.00"), null)));
    }

    @Test
    void a_transfer_is_well_at_each_of_its_steps_in_whatever_order_they_are_read()
            throws SQLException {
        openBoth();
        happened(received(3));
        assertThat(check()).isEqualTo(WELL);
        happened(requested());
        assertThat(check()).isEqualTo(WELL);
        happened(event(source, 4, new TransferCompleted(transfer)));
        assertThat(check()).isEqualTo(WELL);
    }

    @Test
    void a_completion_that_is_read_before_the_credit_is_well() throws SQLException {
        openBoth();
        happened(requested(), event(source, 4, new TransferCompleted(transfer)));
        assertThat(check()).isEqualTo(WELL);
        happened(received(3));
        assertThat(check()).isEqualTo(WELL);
    }

    @Test
    void a_transfer_that_was_refunded_and_credited_is_amiss() throws SQLException {
        openBoth();
        happened(requested(), refunded());
        assertThat(check()).isEqualTo(WELL);

        happened(received(3));

        assertUnexplained(
                "IN_TRANSIT owes -3.00 and the transfers that have not ended come to 0.00");
    }

    @Test
    void a_transfer_that_was_credited_and_refunded_is_amiss() throws SQLException {
        openBoth();
        happened(requested(), received(3), refunded());

        assertUnexplained(
                "IN_TRANSIT owes -3.00 and the transfers that have not ended come to 0.00");
    }

    private void assertUnexplained(String text) throws SQLException {
        var findings = check();
        assertThat(findings.figures()).containsEntry(Figure.of(Books.DIFFERENCE), 300L);
        assertThat(findings.breaches()).containsExactly(Map.entry("EUR in transit", text));
    }

    @Test
    void a_transfer_that_was_credited_twice_is_amiss() throws SQLException {
        openBoth();
        happened(requested(), received(3), received(4));
        assertThat(check().figures()).containsEntry(Figure.of(Books.DIFFERENCE), 300L);

        happened(event(source, 4, new TransferCompleted(transfer)));
        assertThat(check().figures()).containsEntry(Figure.of(Books.DIFFERENCE), 300L);
    }

    @Test
    void a_credit_after_the_completion_is_amiss() throws SQLException {
        openBoth();
        happened(requested(), received(3), event(source, 4, new TransferCompleted(transfer)));
        assertThat(check()).isEqualTo(WELL);

        happened(received(4));

        assertThat(check().figures()).containsEntry(Figure.of(Books.DIFFERENCE), 300L);
    }

    @Test
    void totals_and_balances_that_somebody_has_edited_are_amiss() throws SQLException {
        openBoth();
        for (var edit :
                List.of(
                        "update ledger_total set debit_minor = debit_minor %s 1"
                                + " where ledger_account = 'CASH'",
                        "update account_view set balance_minor = balance_minor %s 1"
                                + " where owner = 'Sue'")) {
            views.execute(edit.formatted("+"));
            var findings = check();
            assertThat(findings.figures().get(Figure.of(Books.IMBALANCE))).isPositive();
            assertThat(findings.breaches()).containsOnlyKeys("EUR");

            views.execute(edit.formatted("-"));
            assertThat(check()).isEqualTo(WELL);
        }
    }

    @Test
    void a_transfer_that_does_not_end_is_overdue_once_that_is_known() throws SQLException {
        openBoth();
        happened(requested());
        var requestedAt = Feed.START.plusSeconds(2);

        assertOverdue(0, requestedAt.plus(LONGEST));
        assertOverdue(1, requestedAt.plus(LONGEST).plusSeconds(1));
        assertThat(check(Instant.now()).breaches().get("overdue"))
                .isEqualTo("1 transfers are under way for too long, as " + transfer);
        // What has been read says nothing about what has happened since.
        assertThat(check()).isEqualTo(WELL);

        happened(refunded());
        assertThat(check(Instant.now())).isEqualTo(WELL);
    }

    @Test
    void an_end_whose_other_half_never_comes_is_overdue() throws SQLException {
        openBoth();
        happened(received(3));
        assertThat(check()).isEqualTo(WELL);
        assertOverdue(1, Instant.now());

        happened(requested());
        assertOverdue(1, Instant.now());
        happened(event(source, 4, new TransferCompleted(transfer)));
        assertOverdue(0, Instant.now());
    }

    private void assertOverdue(long transfers, Instant readThrough) throws SQLException {
        assertThat(check(readThrough).figures())
                .containsEntry(Figure.of(Books.OVERDUE), transfers)
                .containsEntry(Figure.of(Books.DIFFERENCE), 0L);
    }

    @Test
    void the_books_are_shown_by_metrics_and_by_the_health_check() {
        Bank.eventually()
                .untilAsserted(
                        () ->
                                Bank.management("/health/ready")
                                        .then()
                                        .statusCode(200)
                                        .rootPath("checks.find { it.name == 'invariants' }")
                                        .body("status", equalTo("UP"))
                                        .body("data.books", notNullValue()));
        // There is a number for each currency, once there is one.
        Feed.send(Feed.account(UUID.randomUUID(), "Ina", 2));
        for (var metric :
                Stream.of(Books.IMBALANCE, Books.DIFFERENCE, Books.OVERDUE)
                        .map(name -> name.replace('.', '_'))
                        .toList()) {
            Bank.eventually()
                    .untilAsserted(
                            () -> Bank.management("/metrics").then().body(containsString(metric)));
        }
        Bank.management("/metrics")
                .then()
                .body(containsString("bank_figures_age_seconds{figures=\"books\"}"));
    }
}
