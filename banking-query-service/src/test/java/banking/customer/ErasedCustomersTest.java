package banking.customer;

import static banking.Feed.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import banking.Bank;
import banking.Feed;
import banking.embedded.BankTestResource;
import banking.events.AccountEvent.AccountClosed;
import banking.events.AccountEvent.AccountOpened;
import banking.events.CustomerEvent.CustomerEmailChanged;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import banking.events.Event;
import banking.events.Topic;
import banking.events.codec.MasterKeys;
import banking.events.codec.PersonalData;
import banking.events.codec.PersonalKey;
import banking.events.codec.WrittenEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class ErasedCustomersTest {

    @Inject MasterKeys masters;
    @Inject DataSource database;

    private final CustomerId customer = new CustomerId(UUID.randomUUID());
    private final UUID account = UUID.randomUUID();
    private final PersonalKey key = PersonalKey.made();
    private final String name = "Alice " + account;
    private final String domain = "d" + UUID.randomUUID() + ".example";
    private final EmailAddress home = new EmailAddress("alice.liddell@" + domain);
    private final EmailAddress work = new EmailAddress("a.liddell@" + domain);

    private WrittenEvent sealed(UUID stream, int version, Event event) {
        var written = event(stream, version, event);
        return Feed.at(written.occurredAt(), PersonalData.seal(written, key));
    }

    private void publishKey() {
        publish(masters.wrap(key, customer));
    }

    private void publish(@Nullable String wrapped) {
        Feed.sendRecord(
                new ProducerRecord<>(
                        Topic.KEYS,
                        0,
                        Feed.bytes(customer.toString()),
                        wrapped == null ? null : Feed.bytes(wrapped)));
    }

    @Test
    void with_the_key_everything_is_shown_and_without_it_nothing_is_for_good() {
        publishKey();
        var registered = sealed(customer.value(), 1, new CustomerRegistered(name, home));
        var moved = sealed(customer.value(), 2, new CustomerEmailChanged(home, work));
        var opened = sealed(account, 1, new AccountOpened(name, Feed.EUR, customer));
        Feed.send(registered, moved, opened);
        Bank.view("/customers/", customer.value(), 2)
                .body("name", equalTo(name))
                .body("email", equalTo(work.value()))
                .body("erasedAt", nullValue());
        Bank.account(account, 1).body("owner", equalTo(name));

        publish(null);
        Feed.send(
                event(account, 2, new AccountClosed()),
                event(customer.value(), 3, new CustomerErased(home.domain())));

        Bank.view("/customers/", customer.value(), 3)
                .body("name", equalTo("[erased]"))
                .body("email", equalTo("[erased]"))
                .body("erasedAt", notNullValue());
        Bank.account(account, 2).body("owner", equalTo("[erased]"));

        // A late duplicate of each, and of the key itself.
        publishKey();
        var late = UUID.randomUUID();
        Feed.send(
                registered,
                moved,
                opened,
                sealed(late, 1, new AccountOpened(name, Feed.EUR, customer)));
        Bank.account(late, 1).body("owner", equalTo("[erased]"));
        assertThat(rows("customer_view", name)).isZero();
        assertThat(rows("account_view", name)).isZero();
        assertThat(rows("customer_key", customer + ",tests")).isZero();
    }

    @Test
    void whose_key_nobody_has_any_more_is_erased_from_the_first_event_on() {
        Feed.send(sealed(customer.value(), 1, new CustomerRegistered(name, home)));

        Bank.view("/customers/", customer.value(), 1)
                .body("name", equalTo("[erased]"))
                .body("email", equalTo("erased@" + domain));
    }

    @Test
    void a_new_master_key_wraps_all_keys_that_one_of_before_has_wrapped() {
        var old = MasterKeys.parse(BankTestResource.OLD_MASTER_KEY);
        publish(old.wrap(key, customer));
        Feed.send(sealed(customer.value(), 1, new CustomerRegistered(name, home)));
        Bank.view("/customers/", customer.value(), 1).body("name", equalTo(name));
        assertThat(rows("customer_key", customer + ",old")).isOne();

        Bank.as("operator")
                .post("/projections/keys/wrapping?because=a+new+one")
                .then()
                .statusCode(200)
                .body("wrapped", greaterThanOrEqualTo(1))
                .body("left", equalTo(0));

        assertThat(rows("customer_key", customer + ",tests")).isOne();
        Feed.send(sealed(customer.value(), 2, new CustomerEmailChanged(home, work)));
        Bank.view("/customers/", customer.value(), 2).body("email", equalTo(work.value()));
    }

    @Test
    void a_record_that_is_no_key_keeps_nobody_from_theirs() {
        Feed.sendRecord(
                new ProducerRecord<>(Topic.KEYS, 0, Feed.bytes("nobody"), Feed.bytes("no key")));
        publishKey();
        Feed.send(sealed(customer.value(), 1, new CustomerRegistered(name, home)));

        Bank.view("/customers/", customer.value(), 1).body("name", equalTo(name));
    }

    private long rows(String table, String text) {
        try (var connection = database.getConnection();
                var statement =
                        connection.prepareStatement(
                                "select count(*) from " + table + " t where t::text ilike ?")) {
            statement.setString(1, "%" + text + "%");
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
