package banking.launcher;

import banking.embedded.StartFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a server that runs elsewhere is said to listen. */
record Address(String host, int port) {

    /** For the name to be looked up and the connection to be made. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private static final int NONE = 0;
    private static final int POSTGRES_PORT = 5432;
    private static final int HIGHEST_PORT = 65_535;

    private static final Pattern JDBC_URL =
            Pattern.compile("jdbc:postgresql:(?://(?<hosts>[^/?]*))?.*");

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:\\w+://)?(?<host>\\[[^]]*]|[^:]*)(?::(?<port>\\d{1,5}))?");

    /**
     * @param variable where the URL was given
     * @throws StartFailure when it is none of PostgreSQL's
     */
    static List<Address> ofDatabase(String variable, String jdbcUrl) {
        Matcher url = JDBC_URL.matcher(jdbcUrl);
        if (!url.matches()) {
            throw new StartFailure(variable + " is not like jdbc:postgresql://host:port/database");
        }
        String hosts = Optional.ofNullable(url.group("hosts")).orElse("");
        return list(variable, hosts, OptionalInt.of(POSTGRES_PORT));
    }

    /**
     * @param variable where the addresses were given
     */
    static List<Address> ofKafka(String variable, String bootstrapServers) {
        return list(variable, bootstrapServers, OptionalInt.empty());
    }

    private static List<Address> list(String variable, String addresses, OptionalInt otherwise) {
        return Arrays.stream(addresses.split(",", -1))
                .map(address -> parse(variable, address.strip(), otherwise))
                .toList();
    }

    private static Address parse(String variable, String address, OptionalInt otherwise) {
        Matcher parts = HOST_AND_PORT.matcher(address);
        if (parts.matches()) {
            String host = parts.group("host").isEmpty() ? "localhost" : parts.group("host");
            int port =
                    parts.group("port") == null
                            ? otherwise.orElse(NONE)
                            : Integer.parseInt(parts.group("port"));
            if (port > NONE && port <= HIGHEST_PORT) {
                return new Address(host, port);
            }
        }
        throw new StartFailure(variable + ": " + address + " is not like host:port");
    }

    /**
     * @param variable where the addresses were given; one that answers is enough
     * @throws StartFailure when none does
     */
    static void requireAnswer(String variable, List<Address> addresses) {
        List<String> refusals = new ArrayList<>();
        for (Address address : addresses) {
            Optional<String> refusal = address.refusal();
            if (refusal.isEmpty()) {
                return;
            }
            refusals.add(address + " (" + refusal.get() + ")");
        }
        throw new StartFailure(variable + ": nobody answers at " + String.join(" or ", refusals));
    }

    private Optional<String> refusal() {
        return CompletableFuture.supplyAsync(this::connect, task -> Thread.ofVirtual().start(task))
                .completeOnTimeout(
                        Optional.of("no answer"), ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private Optional<String> connect() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host, port), Math.toIntExact(ANSWERS_WITHIN.toMillis()));
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("unknown host");
        } catch (IOException e) {
            return Optional.of(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
