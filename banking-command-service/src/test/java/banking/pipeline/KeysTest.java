package banking.pipeline;

import static banking.account.AccountType.ACCOUNT;
import static banking.customer.CustomerType.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Envelopes;
import banking.events.AccountEvent.AccountClosed;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountId;
import banking.events.Currency;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import banking.events.Event;
import banking.events.codec.EventCodec;
import banking.events.codec.PersonalData;
import banking.events.codec.PersonalKey;
import banking.events.codec.WrittenEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeysTest {

    private static final CustomerId ALICE = new CustomerId(new UUID(0, 1));
    private static final AccountId ACCOUNT_OF_ALICE = new AccountId(new UUID(0, 2));
    private static final EmailAddress EMAIL = new EmailAddress("alice@home.example");
    private static final Event REGISTERED = new CustomerRegistered("Alice", EMAIL);
    private static final Event ERASED = new CustomerErased(EMAIL.domain());
    private static final Event OPENED = new AccountOpened("Alice", new Currency("EUR"), ALICE);

    private final PersonalKey key = PersonalKey.made();

    @Test
    void a_new_customer_gets_a_key_once_the_registration_is_accepted() {
        var keys = new Keys(Keys.Stored.NONE);

        var sealed = keys.sealed(REGISTERED, written(ALICE, REGISTERED));

        assertThat(keys.made()).isEmpty();
        keys.accept(ALICE.stream(), List.of(REGISTERED));
        assertThat(PersonalData.open(sealed, keys.made().get(ALICE)))
                .isEqualTo(written(ALICE, REGISTERED));
    }

    @Test
    void who_has_a_key_keeps_it() {
        var keys = new Keys(stored(key));

        var sealed = keys.sealed(OPENED, written(ACCOUNT_OF_ALICE, OPENED));
        keys.accept(ACCOUNT_OF_ALICE.stream(), List.of(OPENED));

        assertThat(keys.made()).isEmpty();
        assertThat(PersonalData.open(sealed, key)).isEqualTo(written(ACCOUNT_OF_ALICE, OPENED));
    }

    @Test
    void events_that_tell_nothing_of_anybody_stay_as_they_are() {
        var written = written(ACCOUNT_OF_ALICE, new AccountClosed());

        assertThat(new Keys(stored(key)).sealed(new AccountClosed(), written)).isSameAs(written);
    }

    @Test
    void nothing_is_opened_for_whose_key_is_destroyed() {
        var before = new Keys(new Keys.Stored(Map.of(ALICE, Optional.empty()), Set.of()));
        var within = new Keys(stored(key));
        within.accept(ALICE.stream(), List.of(ERASED));

        assertThat(List.of(before, within))
                .allSatisfy(
                        keys ->
                                assertThat(
                                                keys.refusal(
                                                        ACCOUNT,
                                                        ACCOUNT_OF_ALICE.stream(),
                                                        List.of(OPENED)))
                                        .extracting(refusal -> refusal.code())
                                        .isEqualTo("customer-not-found"));
        assertThat(within.destroyed()).containsExactly(ALICE);
    }

    @Test
    void a_key_that_an_account_needs_is_not_destroyed() {
        var before = new Keys(new Keys.Stored(Map.of(ALICE, Optional.of(key)), Set.of(ALICE)));
        var within = new Keys(stored(key));
        within.accept(ACCOUNT_OF_ALICE.stream(), List.of(OPENED));

        assertThat(List.of(before, within))
                .allSatisfy(
                        keys ->
                                assertThat(keys.refusal(CUSTOMER, ALICE.stream(), List.of(ERASED)))
                                        .extracting(refusal -> refusal.code())
                                        .isEqualTo("customer-has-accounts"));
        assertThat(new Keys(stored(key)).refusal(CUSTOMER, ALICE.stream(), List.of(ERASED)))
                .isNull();
    }

    private static Keys.Stored stored(PersonalKey key) {
        return new Keys.Stored(Map.of(ALICE, Optional.of(key)), Set.of());
    }

    private static WrittenEvent written(CustomerId id, Event event) {
        return EventCodec.STANDARD.write(Envelopes.of(id, 1, event));
    }

    private static WrittenEvent written(AccountId id, Event event) {
        return EventCodec.STANDARD.write(Envelopes.of(id, 1, event));
    }
}
