package banking.security;

import banking.events.codec.Sha256;
import banking.security.Brake.Guesser;
import banking.security.RefusedLogins.Reason;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Knows the users that the configuration names, and nobody else. That a password is right is found
 * out once, which takes long, and remembered; a wrong one is found out anew each time.
 */
@ApplicationScoped
public class Passwords {

    /** Attribute of a failed login: for how long the caller has to wait before the next try. */
    public static final String RETRY_AFTER = "retry-after";

    /** Of those that are not known, one at a time is looked into, and so many wait for it. */
    static final int MOST_AT_ONCE = 16;

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final String NO_NAME_OF_OURS = "somebody";
    private static final int SALT_BYTES = 32;

    private final Map<String, User> users = new HashMap<>();
    private final String anyHash;
    private final String salt;
    private final Brake brake = new Brake(System.nanoTime());
    private final Map<Guess, Uni<Boolean>> lookedInto = new ConcurrentHashMap<>();
    private final BlockingSecurityExecutor threads;
    private final RefusedLogins refused;

    private static final class User {

        private final String hash;
        private final SecurityIdentity identity;
        private volatile Sha256 known = Sha256.NONE;

        User(String name, CallersConfig.User user) {
            // The same to the library, which does not know the youngest of its names.
            hash = user.bcrypt().replaceFirst("^\\$2[by]", "\\$2a");
            identity =
                    QuarkusSecurityIdentity.builder()
                            .setPrincipal(Caller.of(name, user.roles(), null))
                            .build();
        }
    }

    private record Guess(String name, Sha256 password) {}

    Passwords(CallersConfig config, BlockingSecurityExecutor threads, RefusedLogins refused) {
        this.threads = threads;
        this.refused = refused;
        config.users().forEach((name, user) -> users.put(name, new User(name, user)));
        users.forEach((name, user) -> requireBcrypt(name, user.hash));
        anyHash = users.values().stream().map(user -> user.hash).findFirst().orElse("");
        var bytes = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(bytes);
        salt = HexFormat.of().formatHex(bytes);
    }

    private static void requireBcrypt(String name, String hash) {
        if (!hash.matches("\\$2a\\$\\d\\d\\$[./A-Za-z0-9]{53}")) {
            throw new ConfigurationException(
                    "bank.security.users." + name + ".bcrypt is nothing that bcrypt has made");
        }
    }

    /** Whether there is any user. */
    public boolean areOn() {
        return !users.isEmpty();
    }

    /** Whether a user has this name, so that nobody else may be called so. */
    public boolean isName(String name) {
        return users.containsKey(name);
    }

    /**
     * Answers at once where the password is remembered, and otherwise later.
     *
     * @param caller where to answer then
     */
    public Uni<SecurityIdentity> login(
            String name, String password, String address, Executor caller) {
        var user = users.get(name);
        var guesser = new Guesser(user == null ? NO_NAME_OF_OURS : name, address);
        var now = System.nanoTime();
        var wait = brake.isOn(now) ? brake.wait(guesser, now) : Duration.ZERO;
        if (wait.isPositive()) {
            return refuse(Reason.TOO_MANY_TRIES, guesser, wait);
        }
        var guess = new Guess(name, Sha256.of(salt + password));
        if (user != null && user.known.equals(guess.password)) {
            return Uni.createFrom().item(user.identity);
        }
        var isRight = isRight(guess, user, password);
        if (isRight == null) {
            return refuse(Reason.TOO_MANY_AT_ONCE, guesser, MOMENT);
        }
        return isRight.emitOn(caller).chain(right -> answer(right, user, guess, guesser));
    }

    private Uni<SecurityIdentity> answer(
            boolean right, @Nullable User user, Guess guess, Guesser guesser) {
        if (user != null && right) {
            user.known = guess.password;
            return Uni.createFrom().item(user.identity);
        }
        brake.guessedWrong(guesser, System.nanoTime());
        var reason = user == null ? Reason.NO_SUCH_NAME : Reason.WRONG_PASSWORD;
        return refuse(reason, guesser, Duration.ZERO);
    }

    private Uni<SecurityIdentity> refuse(Reason reason, Guesser guesser, Duration wait) {
        refused.tell(reason, guesser.name(), guesser.address());
        return Uni.createFrom()
                .failure(
                        wait.isPositive()
                                ? new AuthenticationFailedException(Map.of(RETRY_AFTER, wait))
                                : new AuthenticationFailedException());
    }

    /**
     * The same for all who come with the same at once, as many do when a service was started. A
     * name that is none takes as long as one that is.
     *
     * @return null where there are too many others
     */
    private @Nullable Uni<Boolean> isRight(Guess guess, @Nullable User user, String password) {
        var others = lookedInto.get(guess);
        if (others != null) {
            return others;
        }
        if (lookedInto.size() >= MOST_AT_ONCE) {
            return null;
        }
        var hash = user == null ? anyHash : user.hash;
        return lookedInto.computeIfAbsent(
                guess,
                _ ->
                        threads.executeBlocking(() -> matches(password, hash))
                                .onTermination()
                                .invoke(() -> lookedInto.remove(guess))
                                .memoize()
                                .indefinitely());
    }

    private synchronized boolean matches(String password, String hash) {
        return !hash.isEmpty() && BcryptUtil.matches(password, hash);
    }
}
