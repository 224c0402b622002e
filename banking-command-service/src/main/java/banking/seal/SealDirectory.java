package banking.seal;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Seals as files, a file for each, such as on a disk that can only be written once. */
@ApplicationScoped
class SealDirectory implements SealPlace {

    private static final String SUFFIX = ".seal";
    private static final int DIGITS = 12;
    private static final int MOST = 100;

    private final Optional<Path> directory;

    /** As far as this process knows; another one may have gone on. */
    private long last;

    SealDirectory(SealsConfig config) {
        directory = config.directory();
    }

    @Override
    public String name() {
        return "files";
    }

    @Override
    public boolean isThere() {
        return directory.isPresent();
    }

    @Override
    public long last() {
        if (last > 0 && Files.notExists(file(last))) {
            // It is another disk by now.
            last = 0;
        }
        while (Files.exists(file(last + 1))) {
            last++;
        }
        return last;
    }

    @Override
    public void put(SignedSeal seal) throws IOException {
        var file = file(seal.number());
        if (Files.notExists(file)) {
            Files.createDirectories(file.resolveSibling(""));
            var unfinished = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(unfinished, seal.document());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public List<SignedSeal> above(long number) throws IOException {
        var seals = new ArrayList<SignedSeal>();
        for (var next = number + 1; seals.size() < MOST && Files.exists(file(next)); next++) {
            seals.add(SignedSeal.parse(Files.readString(file(next))));
        }
        return seals;
    }

    private Path file(long number) {
        var name = Long.toString(number);
        return directory
                .orElseThrow()
                .resolve("0".repeat(Math.max(0, DIGITS - name.length())) + name + SUFFIX);
    }
}
