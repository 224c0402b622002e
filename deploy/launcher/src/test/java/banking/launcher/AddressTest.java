package banking.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.embedded.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    jdbc:postgresql://db.example:5433/bank?ssl=true | db.example:5433
                    jdbc:postgresql://db.example/bank               | db.example:5432
                    jdbc:postgresql://one:1,two/bank                | one:1 two:5432
                    jdbc:postgresql://[::1]:5433/bank               | [::1]:5433
                    jdbc:postgresql:///bank                         | localhost:5432
                    jdbc:postgresql:bank                            | localhost:5432
                    """)
    void a_database_listens_where_its_url_says(String url, String addresses) {
        assertThat(Address.ofDatabase("DATABASE_URL", url))
                .extracting(Address::toString)
                .containsExactly(addresses.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres://db.example/bank", "jdbc:mysql://db.example/bank", "db"})
    void what_is_no_url_of_postgres_is_refused(String url) {
        assertThatThrownBy(() -> Address.ofDatabase("DATABASE_URL", url))
                .isInstanceOf(StartFailure.class)
                .hasMessage("DATABASE_URL is not like jdbc:postgresql://host:port/database");
    }

    @Test
    void brokers_are_hosts_with_ports() {
        assertThat(Address.ofKafka("SERVERS", "one:9092, PLAINTEXT://two:9093"))
                .extracting(Address::toString)
                .containsExactly("one:9092", "two:9093");
        assertThatThrownBy(() -> Address.ofKafka("SERVERS", "one:9092,two"))
                .isInstanceOf(StartFailure.class)
                .hasMessage("SERVERS: two is not like host:port");
        assertThatThrownBy(() -> Address.ofKafka("SERVERS", "one:70000"))
                .isInstanceOf(StartFailure.class);
    }
}
