package banking.seal;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Through all seals: whether each is whole, and what it has sealed is still as it was then. */
@ApplicationScoped
class SealsWalk implements Walk {

    private final SealRows rows;
    private final SealKeys keys;
    private final List<SealedSource> sources;

    SealsWalk(SealRows rows, SealKeys keys, @All List<SealedSource> sources) {
        this.rows = rows;
        this.keys = keys;
        this.sources = sources;
    }

    @Override
    public String name() {
        return "seals";
    }

    @Override
    public String start() {
        return "0";
    }

    @Override
    public Turn goOn(String position, @Nullable Long until, int most) throws Exception {
        var found = new LinkedHashMap<String, String>();
        var last = Long.parseLong(position);
        long checked = 0;
        while (checked < most) {
            var next = until != null && last >= until ? List.<SignedSeal>of() : rows.above(last, 1);
            if (next.isEmpty()) {
                return new Turn(found, null, checked);
            }
            var seal = next.getFirst();
            check(seal, last, found);
            last = seal.number();
            checked += Math.max(1, seal.leaves().size());
        }
        return new Turn(found, Long.toString(last), checked);
    }

    private void check(SignedSeal signed, long last, Map<String, String> found) throws Exception {
        var place = "seal " + signed.number();
        for (var missing = last + 1; missing < signed.number(); missing++) {
            found.put("seal " + missing, "is missing");
            if (found.size() >= Verifier.MOST_FINDINGS) {
                break;
            }
        }
        var flaw = signed.flaw(keys);
        if (flaw != null) {
            found.put(place, flaw);
            return;
        }
        var seal = Seal.parse(signed.text());
        var before = rows.text(signed.number() - 1).map(SignedSeal::hash);
        if (before.isPresent() && !before.get().equals(seal.previous())) {
            found.put(place, "follows on another seal than the one before it");
        }
        for (var source : sources) {
            if (source.name().equals(seal.source())) {
                compare(source, signed, source.isKept(seal.sealedAt()), found);
            }
        }
    }

    private static void compare(
            SealedSource source, SignedSeal signed, boolean isKept, Map<String, String> found)
            throws Exception {
        var now = source.now(signed.leaves().stream().map(Leaf::name).toList());
        for (var leaf : signed.leaves()) {
            var is = now.get(leaf.name());
            if (is == null ? isKept : !leaf.equals(is)) {
                found.put(
                        source.name() + " " + leaf.name(),
                        (is == null ? "is gone, which seal " : "is not as seal ")
                                + signed.number()
                                + " has it");
            }
        }
    }
}
