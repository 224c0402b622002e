package banking.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    private static final String BCRYPT =
            "$2a$04$qUeNmYZX6Fffn66yNaUGuuF/ajAn9y.wegd7EHhe8cWlcUSUC2yUa";

    /** What is looked into, which takes as long as this wants. */
    private final List<Runnable> lookedInto = new ArrayList<>();

    private final BlockingSecurityExecutor threads =
            new BlockingSecurityExecutor() {
                @Override
                public <T> Uni<T> executeBlocking(Supplier<? extends T> work) {
                    return Uni.createFrom()
                            .emitter(emitter -> lookedInto.add(() -> emitter.complete(work.get())));
                }
            };

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private Passwords passwords(String bcrypt) {
        return new Passwords(new OneUser(bcrypt), threads, new RefusedLogins(metrics));
    }

    private Object login(Passwords passwords, String name, String password) {
        var answer = answer(passwords.login(name, password, "192.0.2.1", Runnable::run));
        lookedInto.forEach(Runnable::run);
        lookedInto.clear();
        return answer.getFirst();
    }

    private static List<Object> answer(Uni<SecurityIdentity> login) {
        var answer = new ArrayList<Object>();
        login.subscribe().with(who -> answer.add(who.getPrincipal().getName()), answer::add);
        return answer;
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void a_right_password_is_looked_into_once(String prefix) {
        var passwords = passwords(BCRYPT.replace("$2a$", prefix));

        answer(passwords.login("teller", "teller", "192.0.2.1", Runnable::run));
        assertThat(lookedInto).hasSize(1);
        lookedInto.removeFirst().run();

        var again = answer(passwords.login("teller", "teller", "192.0.2.1", Runnable::run));
        assertThat(lookedInto).isEmpty();
        assertThat(again).containsExactly("teller");
    }

    @Test
    void a_wrong_one_is_looked_into_each_time_and_so_is_a_name_that_is_none() {
        var passwords = passwords(BCRYPT);

        for (var name : List.of("teller", "nobody")) {
            for (int i = 0; i < 2; i++) {
                var refused = answer(passwords.login(name, "wrong", "192.0.2.1", Runnable::run));
                assertThat(lookedInto).hasSize(1);
                lookedInto.removeFirst().run();
                assertThat(refused).hasOnlyElementsOfType(AuthenticationFailedException.class);
            }
        }
        assertThat(metrics.get("bank.logins.refused").tag("reason", "wrong").counter().count())
                .isEqualTo(4);
    }

    @Test
    void those_who_come_with_the_same_at_once_wait_for_one_look() {
        var passwords = passwords(BCRYPT);
        var logins = new ArrayList<List<Object>>();
        for (int i = 0; i < 100; i++) {
            logins.add(answer(passwords.login("teller", "teller", "192.0.2." + i, Runnable::run)));
        }

        assertThat(lookedInto).hasSize(1);
        lookedInto.getFirst().run();
        assertThat(logins).allMatch(login -> login.equals(List.of("teller")));
    }

    @Test
    void only_so_many_guesses_wait_to_be_looked_into() {
        var passwords = passwords(BCRYPT);
        for (int i = 0; i < 100; i++) {
            answer(passwords.login("teller", "guess " + i, "192.0.2." + i, Runnable::run));
        }

        assertThat(lookedInto).hasSize(Passwords.MOST_AT_ONCE);
        var refused =
                (AuthenticationFailedException)
                        answer(passwords.login("teller", "one more", "192.0.2.200", Runnable::run))
                                .getFirst();
        assertThat(refused.<Duration>getAttribute(Passwords.RETRY_AFTER)).isPositive();
    }

    @Test
    void who_guesses_on_is_told_to_wait() {
        var passwords = passwords(BCRYPT);
        for (int i = 0; i < Brake.TRIES_AT_ONCE; i++) {
            login(passwords, "teller", "guess " + i);
        }

        var refused = answer(passwords.login("teller", "teller", "192.0.2.1", Runnable::run));
        assertThat(lookedInto).isEmpty();
        assertThat(refused).hasOnlyElementsOfType(AuthenticationFailedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"teller", "$2a$04$", "{bcrypt}x", "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$"})
    void a_password_that_bcrypt_has_not_made_unreadable_is_refused_at_the_start(String password) {
        assertThatThrownBy(() -> passwords(password)).isInstanceOf(ConfigurationException.class);
    }

    private record OneUser(String bcrypt) implements CallersConfig, CallersConfig.User {

        @Override
        public Map<String, User> users() {
            return Map.of("teller", this);
        }

        @Override
        public Set<String> roles() {
            return Set.of("teller");
        }

        @Override
        public Optional<String> issuer() {
            return Optional.empty();
        }

        @Override
        public Duration issuerAskedEvery() {
            return Duration.ZERO;
        }

        @Override
        public String audience() {
            return "";
        }

        @Override
        public List<String> rolesClaims() {
            return List.of();
        }

        @Override
        public String customerClaim() {
            return "";
        }

        @Override
        public Set<String> tokenTypes() {
            return Set.of();
        }
    }
}
