package banking.launcher;

import java.util.Locale;
import java.util.function.Consumer;

/** Tells how far a start has come: one line per step, with the seconds since the beginning. */
public final class Progress {

    private final Consumer<String> lines;
    private final long begin = System.nanoTime();

    public Progress(Consumer<String> lines) {
        this.lines = lines;
    }

    void reached(String step) {
        lines.accept(String.format(Locale.ROOT, "%6.1f s  %s", seconds(), step));
    }

    double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }
}
