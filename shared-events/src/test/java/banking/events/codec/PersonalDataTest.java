package banking.events.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.events.AccountEvent.AccountClosed;
import banking.events.AccountEvent.AccountOpened;
import banking.events.CommandId;
import banking.events.Currency;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PersonalDataTest {

    private static final CustomerId CUSTOMER =
            CustomerId.fromString("018f0000-0000-7000-8000-00000000000c");
    private static final StreamId ACCOUNT =
            StreamId.fromString("018f0000-0000-7000-8000-000000000001");
    private static final Currency EUR = new Currency("EUR");
    private static final EmailAddress ALICE = new EmailAddress("alice@acme.example");
    private static final EmailAddress LATER = new EmailAddress("a.liddell@other.example");

    private final PersonalKey key = PersonalKey.made();

    record Told(StreamId stream, Event event, Event erased) {}

    static Stream<Told> told() {
        return Stream.of(
                new Told(
                        CUSTOMER.stream(),
                        new CustomerRegistered("Alice Liddell", ALICE),
                        new CustomerRegistered(
                                "[erased]", new EmailAddress("erased@acme.example"))),
                new Told(
                        CUSTOMER.stream(),
                        new CustomerEmailChanged(ALICE, LATER),
                        new CustomerEmailChanged(
                                new EmailAddress("erased@acme.example"),
                                new EmailAddress("erased@other.example"))),
                new Told(
                        ACCOUNT,
                        new AccountOpened("Alice Liddell", EUR, CUSTOMER),
                        new AccountOpened("[erased]", EUR, CUSTOMER)));
    }

    @ParameterizedTest
    @MethodSource("told")
    void what_is_sealed_has_nothing_of_it_and_the_key_gives_it_back(Told told) {
        var written = written(told.stream, told.event);

        var sealed = PersonalData.seal(written, key);

        assertThat(PersonalData.in(told.event, told.stream)).isEqualTo(CUSTOMER);
        assertThat(PersonalData.sealedIn(sealed)).isEqualTo(CUSTOMER);
        assertThat(sealed.payload().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("alice", "liddell");
        assertThat(PersonalData.open(sealed, key)).isEqualTo(written);
        assertThat(read(PersonalData.open(sealed, key))).isEqualTo(told.event);
    }

    @ParameterizedTest
    @MethodSource("told")
    void without_the_key_it_reads_as_erased(Told told) {
        var sealed = PersonalData.seal(written(told.stream, told.event), key);

        assertThat(read(sealed)).isEqualTo(told.erased);
        assertThat(read(PersonalData.open(sealed, null))).isEqualTo(told.erased);
        assertThat(read(PersonalData.open(sealed, PersonalKey.made()))).isEqualTo(told.erased);
    }

    @Test
    void the_same_is_never_sealed_the_same_twice() {
        var written = written(CUSTOMER.stream(), new CustomerRegistered("Alice", ALICE));

        assertThat(PersonalData.seal(written, key)).isNotEqualTo(PersonalData.seal(written, key));
    }

    @Test
    void what_is_sealed_opens_in_its_own_place_alone() {
        var sealed =
                PersonalData.seal(
                        written(CUSTOMER.stream(), new CustomerRegistered("Alice", ALICE)), key);
        var moved =
                written(ACCOUNT, new CustomerRegistered("Alice", ALICE))
                        .withPayload(sealed.payload());

        assertThat(read(PersonalData.open(moved, key)))
                .isEqualTo(
                        new CustomerRegistered(
                                "[erased]", new EmailAddress("erased@acme.example")));
    }

    @Test
    void events_without_any_and_those_of_nobody_stay_as_they_are() {
        var ofNobody = new AccountOpened("Alice", EUR, null);
        assertThat(PersonalData.in(ofNobody, ACCOUNT)).isNull();
        assertThat(PersonalData.in(new AccountClosed(), ACCOUNT)).isNull();
        assertThat(PersonalData.in(new CustomerErased(ALICE.domain()), CUSTOMER.stream())).isNull();
        assertThat(PersonalData.sealedIn(written(ACCOUNT, ofNobody))).isNull();
        assertThat(read(written(ACCOUNT, ofNobody))).isEqualTo(ofNobody);
    }

    /** Frozen: what is in journals must be read for as long as there are any. */
    @Test
    void what_was_sealed_once_is_opened_ever_after() {
        var keys = MasterKeys.parse("2026-a AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
        var sealed =
                written(CUSTOMER.stream(), new CustomerRegistered("Alice", ALICE))
                        .withPayload(GOLDEN_PAYLOAD);

        assertThat(read(PersonalData.open(sealed, keys.unwrap(GOLDEN_KEY, CUSTOMER))))
                .isEqualTo(new CustomerRegistered("Alice", ALICE));
    }

    private static String madeLine(String id) {
        return id + " " + Base64.getEncoder().encodeToString(PersonalKey.made().toBytes()) + "\n";
    }

    @Test
    void a_master_key_opens_what_it_has_wrapped_for_that_customer() {
        var line = madeLine("old");
        var wrapped = MasterKeys.parse(line).wrap(key, CUSTOMER);
        var both = MasterKeys.parse(madeLine("new") + line);

        assertThat(both.unwrap(wrapped, CUSTOMER).toBytes()).isEqualTo(key.toBytes());
        assertThat(both.wrap(key, CUSTOMER)).startsWith("new:").startsWith(both.newest());
        var again = both.wrapAgain(wrapped, CUSTOMER);
        assertThat(again).startsWith(both.newest());
        assertThat(both.unwrap(again, CUSTOMER).toBytes()).isEqualTo(key.toBytes());
        assertThatThrownBy(() -> both.unwrap(wrapped, new CustomerId(ACCOUNT.value())))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> MasterKeys.parse(madeLine("new")).unwrap(wrapped, CUSTOMER))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {"", "\n", "id", "id short", "id AAEC", "i/d AAEC", "a b c"})
    void a_file_without_a_proper_key_is_refused(String text) {
        assertThatThrownBy(() -> MasterKeys.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("AAEC");
    }

    private static final String GOLDEN_KEY =
            "2026-a:AAAAAAAAAAAAAAAALp2X/ZEJpZoggYMeNAG/tuJyZGActFYYuKeJuPnCY2mZdAYKC8IBdogQFmxU3kG3";
    private static final String GOLDEN_PAYLOAD =
            "{\"name\":{\"sealed\":\"AQEBAQEBAQEBAQEBIUjEB3ka88O6KSSU4mQS1EkGVu/i\"},\"email\":{\"sealed\":\"AgICAgICAgICAgICDGJc2ElMiv2JKoxuAqYg9Icx1DO8VNsjljHz8umP0Qj6+w==\",\"domain\":\"acme.example\"}}";

    private static @Nullable Event read(WrittenEvent written) {
        return EventCodec.STANDARD.read(written).event();
    }

    private static WrittenEvent written(StreamId stream, Event event) {
        return EventCodec.STANDARD.write(
                new Envelope<>(
                        stream,
                        7,
                        event,
                        "correlation",
                        CommandId.fromString("018f0000-0000-7000-8000-000000000002"),
                        "teller",
                        Instant.parse("2026-01-02T03:04:05.678901Z"),
                        null,
                        null));
    }
}
