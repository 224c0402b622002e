package banking.events.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.events.AccountEvent.AccountClosed;
import banking.events.AccountEvent.AccountFrozen;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.AccountUnfrozen;
import banking.events.AccountEvent.HoldCaptured;
import banking.events.AccountEvent.HoldExpired;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.HoldReleased;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.MoneyWithdrawn;
import banking.events.AccountEvent.OverdraftLimitChanged;
import banking.events.AccountEvent.TransferCompleted;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRefunded;
import banking.events.AccountEvent.TransferRequested;
import banking.events.AccountId;
import banking.events.ApprovalEvent.ApprovalCarriedOut;
import banking.events.ApprovalEvent.ApprovalExpired;
import banking.events.ApprovalEvent.ApprovalFailed;
import banking.events.ApprovalEvent.ApprovalGranted;
import banking.events.ApprovalEvent.ApprovalRefused;
import banking.events.ApprovalEvent.ApprovalRequested;
import banking.events.ApprovalId;
import banking.events.CommandId;
import banking.events.CompanyEvent.CompanyRegistered;
import banking.events.CompanyEvent.CustomerJoinedCompany;
import banking.events.CompanyEvent.CustomerLeftCompany;
import banking.events.Currency;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import banking.events.EmployeeEvent.EmployeeRegistered;
import banking.events.EmployeeId;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.HoldId;
import banking.events.Money;
import banking.events.StreamId;
import banking.events.TaskEvent.AssigneeNotified;
import banking.events.TaskEvent.CommentAdded;
import banking.events.TaskEvent.TaskAssigned;
import banking.events.TaskEvent.TaskCompleted;
import banking.events.TaskEvent.TaskCreated;
import banking.events.TransferId;
import banking.events.WrittenCommand;
import banking.rules.WrittenTypes;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {

    private static final ChainKeys KEYS = ChainKeys.of(List.of("1 " + "0b".repeat(32)));
    private static final Currency EUR = new Currency("EUR");

    private static final CustomerId CUSTOMER =
            CustomerId.fromString("018f0000-0000-7000-8000-00000000000c");
    private static final AccountId OTHER =
            AccountId.fromString("018f0000-0000-7000-8000-00000000000a");
    private static final EmployeeId EVE =
            EmployeeId.fromString("018f0000-0000-7000-8000-00000000000a");
    private static final TransferId TRANSFER =
            TransferId.fromString("018f0000-0000-7000-8000-00000000000f");
    private static final ApprovalId APPROVAL =
            ApprovalId.fromString("018f0000-0000-7000-8000-00000000000e");
    private static final WrittenCommand FREEZE =
            new WrittenCommand("FreezeAccount", "account", OTHER.value(), "{\"reason\":null}");
    private static final HoldId HOLD = HoldId.fromString("018f0000-0000-7000-8000-00000000000d");
    private static final EmailAddress ALICE = new EmailAddress("Alice@Acme.example");

    /** One event of every type; the tests below fail when a type is missing. */
    static Stream<Event> events() {
        return Stream.of(
                new AccountOpened("Alice", EUR, CUSTOMER),
                new MoneyDeposited(eur("500.00"), eur("512.34"), "salary"),
                new MoneyWithdrawn(eur("12.34"), eur("-0.01"), null),
                new AccountFrozen("court order"),
                new AccountUnfrozen(),
                new OverdraftLimitChanged(eur("100.00")),
                new AccountClosed(),
                new TransferRequested(
                        TRANSFER,
                        OTHER,
                        eur("5.00"),
                        eur("7.34"),
                        "rent",
                        LocalDate.parse("2026-02-03")),
                new TransferReceived(TRANSFER, OTHER, eur("5.00"), eur("5.00"), null),
                new TransferCompleted(TRANSFER),
                new TransferRefunded(
                        TRANSFER, OTHER, "account-closed", eur("5.00"), eur("12.34"), "rent"),
                new HoldPlaced(HOLD, eur("20.00"), Instant.parse("2026-02-03T04:05:06Z"), "hotel"),
                new HoldCaptured(HOLD, eur("19.50"), eur("20.00"), eur("0.50"), "hotel"),
                new HoldReleased(HOLD, eur("20.00"), "hotel"),
                new HoldExpired(HOLD, eur("20.00"), "hotel"),
                new CustomerRegistered("Alice", ALICE),
                new CustomerEmailChanged(ALICE, new EmailAddress("alice@other.example")),
                new CustomerErased(ALICE.domain()),
                new CompanyRegistered("ACME", ALICE.domain()),
                new CustomerJoinedCompany(CUSTOMER, ALICE.domain(), 3),
                new CustomerLeftCompany(CUSTOMER, ALICE.domain(), 0),
                new TaskCreated("Verify identity document", CUSTOMER),
                new TaskAssigned(EVE, "Verify identity document"),
                new AssigneeNotified(EVE, "<1@bank.example>"),
                new CommentAdded(1, "Looks fine", "teller"),
                new TaskCompleted(),
                new EmployeeRegistered("Eve", new EmailAddress("eve@bank.example")),
                new ApprovalRequested(
                        APPROVAL,
                        FREEZE,
                        "four-eyes",
                        "teller",
                        CUSTOMER,
                        Instant.parse("2026-02-03T04:05:06Z")),
                new ApprovalGranted(FREEZE, "supervisor"),
                new ApprovalRefused("supervisor", "No reason was given"),
                new ApprovalExpired(),
                new ApprovalCarriedOut(),
                new ApprovalFailed("account-frozen", "The account is frozen."));
    }

    @Test
    void every_event_type_has_an_example() {
        assertThat(events().map(Object::getClass).toList())
                .containsExactlyInAnyOrderElementsOf(EventTypes.ALL);
    }

    /** Asked of a JVM, which knows them; a native image does not. */
    @Test
    void every_event_type_is_named() {
        assertThat(WrittenTypes.records(Event.class))
                .containsExactlyInAnyOrderElementsOf(EventTypes.ALL);
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_is_read_back_as_it_was_written(Event event) {
        var written = EventCodec.STANDARD.write(enveloped(event));

        assertThat(EventCodec.STANDARD.read(written)).isEqualTo(enveloped(event));
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_is_written_as_its_golden_file_says(Event event) {
        var written = EventCodec.STANDARD.write(enveloped(event));

        assertThat(written.payload()).isEqualTo(golden(written.type(), written.schemaVersion()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_travels_through_its_headers_unchanged(Event event) {
        var written = EventCodec.STANDARD.write(enveloped(event));
        var recorded = KEYS.after(Sha256.of("the event before"), written);
        var headers = new HashMap<String, byte[]>();
        CloudEvent.writeHeaders(recorded, headers::put);
        var payload = written.payload().getBytes(StandardCharsets.UTF_8);

        assertThat(CloudEvent.read(headers::get, payload)).isEqualTo(written);
        assertThat(CloudEvent.readRecorded(headers::get, payload)).isEqualTo(recorded);
    }

    @Test
    void the_headers_are_those_of_cloud_events_in_binary_mode() {
        var headers = new HashMap<String, String>();
        CloudEvent.writeHeaders(
                KEYS.after(
                        Sha256.of("the event before"),
                        EventCodec.STANDARD.write(enveloped(new AccountClosed()))),
                (name, value) -> headers.put(name, new String(value, StandardCharsets.UTF_8)));

        assertThat(headers)
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", "018f0000-0000-7000-8000-000000000001:7")
                .containsEntry("ce_source", "/banking-command-service")
                .containsEntry("ce_type", "banking.AccountClosed")
                .containsEntry("ce_subject", "018f0000-0000-7000-8000-000000000001")
                .containsEntry("ce_time", "2026-01-02T03:04:05.678901Z")
                .containsEntry("content-type", "application/json")
                .containsEntry("ce_streamversion", "7")
                .containsEntry("ce_schemaversion", "1")
                .containsEntry("ce_causedby", "018f0000-0000-7000-8000-000000000003:4")
                .containsEntry("ce_hash", "Aaqio1wTKK5CPnyv+m4Y16TuioUVR+2OuAnVADKwprYW")
                .containsEntry("ce_previoushash", "TI7/kWtTfvsWYTxfBiUnW0Ko+l4d1OE4kOwZdgGWsDM=");
    }

    /**
     * The worked example of an upcast: say that version 1 of a deposit wrote its amounts as decimal
     * numbers, and version 2, today's, as minor units.
     */
    @Test
    void an_old_schema_version_is_upcast_to_todays_event() {
        var codec =
                new EventCodec(
                        List.of(
                                new Upcaster(
                                        "MoneyDeposited",
                                        1,
                                        json -> {
                                            for (var field : List.of("amount", "balance")) {
                                                toMinorUnits((ObjectNode) json.get(field));
                                            }
                                            return json;
                                        })));
        var old =
                """
                {"amount":{"amount":"5.00","currency":"EUR"},\
                "balance":{"amount":"12.34","currency":"EUR"},"reference":null}""";

        assertThat(codec.read(written("MoneyDeposited", 1, old)).event())
                .isEqualTo(new MoneyDeposited(eur("5.00"), eur("12.34"), null));
        assertThat(codec.write(enveloped(events().toList().get(1))).schemaVersion()).isEqualTo(2);
    }

    @Test
    void an_account_opened_before_there_were_customers_belongs_to_none() {
        var old = written("AccountOpened", 1, golden("AccountOpened", 1));

        assertThat(EventCodec.STANDARD.read(old).event())
                .isEqualTo(new AccountOpened("Alice", EUR, null));
    }

    private static void toMinorUnits(ObjectNode money) {
        var currency = new Currency(money.get("currency").textValue());
        var amount = new BigDecimal(money.remove("amount").textValue());
        money.put("minorUnits", Money.of(amount, currency).minorUnits());
    }

    @Test
    void upcasters_that_leave_out_a_version_are_refused() {
        assertThatThrownBy(() -> new EventCodec(List.of(new Upcaster("AccountOpened", 2, j -> j))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static Stream<WrittenEvent> unreadable() {
        return Stream.of(
                written("MoneyTeleported", 1, "{}"),
                written("AccountClosed", 2, "{}"),
                written("AccountClosed", 0, "{}"),
                written("AccountClosed", 1, "{\"surprise\":1}"),
                written("AccountClosed", 1, "{} {}"),
                written("AccountClosed", 1, "no json"),
                written("AccountOpened", 1, "{\"owner\":\"Alice\"}"),
                written("HoldPlaced", 1, placed("1795835200")),
                written("HoldPlaced", 1, placed("1795835200.5")),
                written("HoldPlaced", 1, placed("\"1795835200\"")),
                written("HoldPlaced", 1, placed("\"\"")),
                written("AccountOpened", 2, opened("XAU")),
                written("AccountOpened", 2, opened("eur")),
                written(
                        "OverdraftLimitChanged",
                        1,
                        "{\"limit\":{\"minorUnits\":1.5,\"currency\":\"EUR\"}}"),
                written(
                        "OverdraftLimitChanged",
                        1,
                        "{\"limit\":{\"minorUnits\":\"5\",\"currency\":\"EUR\"}}"));
    }

    private static String placed(String expiresAt) {
        return golden("HoldPlaced", 1).replace("\"2026-02-03T04:05:06Z\"", expiresAt);
    }

    private static String opened(String currency) {
        return golden("AccountOpened", 2).replace("EUR", currency);
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void what_cannot_be_read_exactly_is_refused(WrittenEvent written) {
        assertThatThrownBy(() -> EventCodec.STANDARD.read(written))
                .isInstanceOf(UnreadableEventException.class);
    }

    @Test
    void a_record_without_the_headers_is_refused() {
        assertThatThrownBy(() -> CloudEvent.read(name -> null, new byte[0]))
                .isInstanceOf(UnreadableEventException.class);
        assertThatThrownBy(() -> CloudEvent.readRecorded(name -> null, new byte[0]))
                .isInstanceOf(UnreadableEventException.class);
        assertThatThrownBy(() -> CloudEvent.readRecorded(name -> new byte[] {'?'}, new byte[0]))
                .isInstanceOf(UnreadableEventException.class);
    }

    /** In a native image Jackson sees the members of those types alone that this file names. */
    @Test
    void the_native_image_knows_every_event_and_all_that_events_are_made_of() throws IOException {
        var config = resource("/META-INF/native-image/banking/shared-events/reflect-config.json");

        assertThat(new ObjectMapper().readTree(config))
                .extracting(type -> type.get("name").textValue())
                .containsExactlyInAnyOrderElementsOf(WrittenTypes.of(Event.class));
        assertThat(new ObjectMapper().readTree(config))
                .allSatisfy(
                        type ->
                                assertThat(type.properties())
                                        .extracting(Map.Entry::getKey)
                                        .contains(
                                                "allDeclaredConstructors",
                                                "allDeclaredMethods",
                                                "allDeclaredFields"));
    }

    private static Envelope<Event> enveloped(Event event) {
        return new Envelope<>(
                StreamId.fromString("018f0000-0000-7000-8000-000000000001"),
                7,
                event,
                "correlation",
                CommandId.fromString("018f0000-0000-7000-8000-000000000002"),
                "teller",
                Instant.parse("2026-01-02T03:04:05.678901Z"),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "018f0000-0000-7000-8000-000000000003:4");
    }

    private static WrittenEvent written(String type, int schemaVersion, String payload) {
        var template = EventCodec.STANDARD.write(enveloped(new AccountClosed()));
        return new WrittenEvent(
                template.streamId(),
                template.version(),
                type,
                schemaVersion,
                payload,
                template.correlationId(),
                template.causationId(),
                template.actor(),
                template.occurredAt(),
                template.traceparent(),
                template.causedBy());
    }

    private static Money eur(String amount) {
        return Money.of(new BigDecimal(amount), EUR);
    }

    private static String golden(String type, int schemaVersion) {
        return resource("/golden/" + type + ".v" + schemaVersion + ".json").strip();
    }

    private static String resource(String path) {
        try (var stream = EventCodecTest.class.getResourceAsStream(path)) {
            return new String(
                    Objects.requireNonNull(stream, path).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a type does not allow is no event, whoever has written it. */
    @ParameterizedTest
    @MethodSource("events")
    void an_event_without_what_its_type_needs_is_unreadable(Event event) throws Exception {
        var json = new ObjectMapper();
        var written = EventCodec.STANDARD.write(enveloped(event));
        for (var component : event.getClass().getRecordComponents()) {
            for (var value : new String[] {"null", "\"\"", "\"x\\u0000y\""}) {
                var payload = (ObjectNode) json.readTree(written.payload());
                payload.set(component.getName(), json.readTree(value));
                var altered = with(written, payload.toString());
                if (allows(component, value)) {
                    assertThat(EventCodec.STANDARD.read(altered)).isNotNull();
                } else {
                    assertThatThrownBy(() -> EventCodec.STANDARD.read(altered))
                            .as(altered.payload())
                            .isInstanceOf(UnreadableEventException.class);
                }
            }
        }
    }

    private static boolean allows(RecordComponent component, String value) {
        return value.equals("null")
                ? component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                : component.getType().equals(String.class);
    }

    private static WrittenEvent with(WrittenEvent event, String payload) {
        return new WrittenEvent(
                event.streamId(),
                event.version(),
                event.type(),
                event.schemaVersion(),
                payload,
                event.correlationId(),
                event.causationId(),
                event.actor(),
                event.occurredAt(),
                event.traceparent(),
                event.causedBy());
    }
}
