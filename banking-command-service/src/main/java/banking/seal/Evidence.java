package banking.seal;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be shown to whoever does not take the bank's word for it. */
@ApplicationScoped
public class Evidence {

    /** How far the clocks of two processes may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final SealRows seals;
    private final Verifications verifications;
    private final Verifier verifier;
    private final List<SealedSource> sources;

    Evidence(
            SealRows seals,
            Verifications verifications,
            Verifier verifier,
            @All List<SealedSource> sources) {
        this.seals = seals;
        this.verifications = verifications;
        this.verifier = verifier;
        this.sources = sources;
    }

    /**
     * @param hash SHA-256 of its text, in hexadecimal, as the next one names it
     */
    public record SealAnswer(
            long number,
            Instant sealedAt,
            String source,
            int leaves,
            String root,
            String key,
            String hash) {

        private static SealAnswer of(String text) {
            var seal = Seal.parse(text);
            return new SealAnswer(
                    seal.number(),
                    seal.sealedAt(),
                    seal.source(),
                    seal.leaves(),
                    seal.root(),
                    seal.key(),
                    SignedSeal.hash(text));
        }
    }

    public List<SealAnswer> seals(long above, int limit) throws SQLException {
        return seals.texts(above, limit).stream().map(SealAnswer::of).toList();
    }

    /** A seal with its signature and its leaves; empty where there is none of this number. */
    public Optional<SignedSeal> seal(long number) throws SQLException {
        return seals.one(number);
    }

    /**
     * The way of something that was sealed to a signed root.
     *
     * @param content all that is kept of it; its digest is that of these very bytes
     * @param hash its link in its chain, in hexadecimal
     * @param path from the leaf upwards, the hash that comes to the left or to the right of it
     */
    public record Proof(
            String content, String hash, Leaf leaf, List<String> path, SignedSeal seal) {}

    /**
     * Empty where there is no such thing, or where it is not sealed yet.
     *
     * @param source the name of the source that it is of
     * @param name what it is called there
     */
    public Optional<Proof> proof(String source, String name) {
        try {
            var original = source(source).original(name);
            if (original.isEmpty()) {
                return Optional.empty();
            }
            return seals.with(source, name, original.get().since().minus(SKEW))
                    .map(seal -> proof(original.get(), name, seal));
        } catch (Exception e) {
            throw new IllegalStateException("nothing can be proved now", e);
        }
    }

    private SealedSource source(String name) {
        return sources.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    private static Proof proof(SealedSource.Original original, String name, SignedSeal seal) {
        var names = seal.leaves().stream().map(Leaf::name).toList();
        var index = names.indexOf(name);
        var hashes = seal.leaves().stream().map(Leaf::hash).toList();
        return new Proof(
                original.content(),
                original.link().toString(),
                seal.leaves().get(index),
                MerkleTree.path(index, hashes).stream().map(MerkleTree.Step::toString).toList(),
                seal);
    }

    /**
     * A walk through what is kept.
     *
     * @param position the last that it has looked at in its round
     * @param endedAt when its last whole round has ended; null before that
     * @param checked events, or leaves of seals, in its round
     */
    public record WalkAnswer(
            String walk,
            String position,
            Instant begunAt,
            @Nullable Instant endedAt,
            long checked) {

        private static WalkAnswer of(Verifications.Stand stand) {
            return new WalkAnswer(
                    stand.walk(),
                    stand.position(),
                    stand.begunAt(),
                    stand.endedAt(),
                    stand.checked());
        }
    }

    /**
     * What is not as it was written.
     *
     * @param walk what has found it
     */
    public record FindingAnswer(String walk, String place, String why, Instant foundAt) {}

    /** How far all walks are. */
    public List<WalkAnswer> walks() throws SQLException {
        return verifications.stands().stream().map(WalkAnswer::of).toList();
    }

    public List<FindingAnswer> findings(int most) throws SQLException {
        return verifications.findings(most).stream()
                .map(f -> new FindingAnswer(f.walk(), f.place(), f.why(), f.foundAt()))
                .toList();
    }

    /**
     * Has the seals of a time verified, where that is not done or under way.
     *
     * @return false where there are too many such walks by now
     */
    public boolean verify(Instant from, Instant to) throws SQLException {
        var between = seals.between(from, to);
        return between.isEmpty()
                || verifier.begin(from + "/" + to, between.get()[0], between.get()[1]);
    }
}
