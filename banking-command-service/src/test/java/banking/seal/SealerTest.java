package banking.seal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import banking.Bank;
import banking.CommandServiceTest;
import banking.events.codec.Sha256;
import banking.health.Standstills;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sealer beside the service's, which has the turn as long as a test lasts. */
@CommandServiceTest
class SealerTest {

    @Inject SealRows rows;
    @Inject SealKeys keys;
    @TempDir Path folder;

    private final Standstills standstills = new Standstills(new SimpleMeterRegistry());
    private final Source source = new Source();
    private @Nullable Sealer sealer;

    /** What is sealed, a leaf each time that it has one. */
    private static final class Source implements SealedSource {

        private final String name = "test-" + UUID.randomUUID();
        private boolean isAway;
        private int made;

        @Override
        public String name() {
            return name;
        }

        @Override
        public Portion next(@Nullable String mark, int most) {
            if (isAway) {
                throw new IllegalStateException("away");
            }
            var asked = mark == null ? 0 : Integer.parseInt(mark);
            return asked == made
                    ? new Portion(List.of(), Integer.toString(asked), true)
                    : new Portion(
                            List.of(new Leaf(name + ":" + made, Sha256.of(name))),
                            Integer.toString(made),
                            true);
        }

        @Override
        public Map<String, Leaf> now(List<String> names) {
            return Map.of();
        }

        @Override
        public Optional<Original> original(String of) {
            return Optional.empty();
        }

        boolean isSealed() {
            return Bank.count("seal where source = '" + name + "'") == made;
        }
    }

    /** One that keeps what it is given, and can be away. */
    private static final class Place implements SealPlace {

        private final String name = "place-" + UUID.randomUUID();
        private final List<SignedSeal> seals = new ArrayList<>();
        private long before;
        private boolean isAway;

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean isThere() {
            return true;
        }

        private void require() {
            if (isAway) {
                throw new IllegalStateException("away");
            }
        }

        @Override
        public long last() {
            require();
            return seals.isEmpty() ? before : seals.getLast().number();
        }

        @Override
        public void put(SignedSeal seal) {
            require();
            seals.add(seal);
        }

        @Override
        public List<SignedSeal> above(long number) {
            return seals.stream().filter(seal -> seal.number() > number).toList();
        }
    }

    private Place place() {
        var place = new Place();
        place.before = last();
        return place;
    }

    private long last() {
        try {
            return rows.lastText().map(text -> Seal.parse(text).number()).orElse(0L);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void start(List<SealedSource> sources, List<SealPlace> places) {
        sealer =
                new Sealer(
                        rows,
                        keys,
                        Config.of(folder),
                        sources,
                        places,
                        standstills,
                        new SimpleMeterRegistry());
    }

    private record Config(Path keyFile, Optional<Path> directory) implements SealsConfig {

        static Config of(Path directory) {
            return new Config(directory, Optional.of(directory));
        }

        @Override
        public String every() {
            return "off";
        }

        @Override
        public int leaves() {
            return 100;
        }

        @Override
        public int sealsATurn() {
            return 50;
        }

        @Override
        public Duration lease() {
            return Duration.ofSeconds(15);
        }
    }

    /** The service's own sealer may have taken its turn in between. */
    private void sealUntil(BooleanSupplier done) {
        Awaitility.await()
                .atMost(Bank.PATIENCE)
                .until(
                        () -> {
                            seal();
                            return done.getAsBoolean();
                        });
    }

    private void seal() {
        Bank.sql("update sealing set leased_until = '-infinity'");
        requireNonNull(sealer).seal();
    }

    private boolean tells(String why) {
        var failure = standstills.failure("sealer");
        return failure != null && failure.contains(why);
    }

    @AfterEach
    void giveBack() {
        if (sealer != null) {
            sealer.end(new ShutdownEvent());
        }
        Bank.sql("delete from sealed_source where source = '" + source.name + "'");
    }

    @Test
    void a_source_that_fails_holds_up_no_other() {
        var failing = new Source();
        failing.isAway = true;
        source.made = 1;
        start(List.of(failing, source), List.of(place()));

        sealUntil(source::isSealed);
        assertThat(standstills.failure("seals of " + failing.name)).contains("away");
        assertThat(standstills.failure("seals of " + source.name)).isNull();
        assertThat(standstills.failure("sealer")).isNull();

        failing.isAway = false;
        failing.made = 1;
        sealUntil(failing::isSealed);
        assertThat(standstills.failure("seals of")).isNull();
    }

    @Test
    void a_place_that_is_away_holds_up_only_itself_and_catches_up() {
        var away = place();
        var there = place();
        start(List.of(source), List.of(away, there));
        source.made++;
        sealUntil(() -> source.isSealed() && away.last() == last());
        var before = away.seals.size();

        away.isAway = true;
        source.made++;
        sealUntil(source::isSealed);
        assertThat(standstills.failure("seals in " + away.name)).contains("Seals wait", "away");
        assertThat(there.last()).isEqualTo(last());
        assertThat(away.seals).hasSize(before);

        away.isAway = false;
        sealUntil(() -> away.seals.equals(there.seals));
        assertThat(standstills.failure("seals in")).isNull();
    }

    /** As where a disk is full: it can be read, and nothing can be written. */
    @Test
    void so_does_one_that_is_full() throws IOException {
        var path = folder.resolve("seals");
        Files.writeString(path, "no folder");
        var there = place();
        start(List.of(source), List.of(new SealDirectory(Config.of(path)), there));

        source.made++;
        sealUntil(source::isSealed);
        assertThat(standstills.failure("seals in files")).contains("Seals wait");
        assertThat(there.last()).isEqualTo(last());

        Files.delete(path);
        sealUntil(() -> standstills.failure("seals in files") == null);
        try (var files = Files.list(path)) {
            assertThat(files.count()).isPositive();
        }
    }

    /** Else two seals could follow on the same one. */
    @Test
    void nothing_is_sealed_as_long_as_a_place_may_have_what_the_database_has_lost() {
        var away = place();
        away.isAway = true;
        source.made++;
        start(List.of(source), List.of(away));
        sealUntil(() -> tells("may have more seals"));
        assertThat(source.isSealed()).isFalse();

        away.isAway = false;
        sealUntil(source::isSealed);
        var lost = away.last();

        away.isAway = true;
        source.made++;
        Bank.sql(
                "delete from seal where number = " + lost,
                "delete from sealed_source where source = '" + source.name + "'");
        sealUntil(() -> tells("may have more seals"));
        assertThat(source.isSealed()).isFalse();

        away.isAway = false;
        sealUntil(source::isSealed);
        assertThat(away.seals).extracting(SignedSeal::number).endsWith(lost, lost + 1);
        assertThat(Bank.count("seal where number = " + lost)).isEqualTo(1);
    }
}
