package banking;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/** What the service logs while a test looks. */
public final class LogLines extends Handler implements AutoCloseable {

    private static final Logger ALL = Logger.getLogger("");

    private final PatternFormatter message = new PatternFormatter("%s%e");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private final Logger category;
    private final @Nullable Level before;

    /** All from warnings on. */
    public LogLines() {
        this(ALL, Level.WARNING, ALL.getLevel());
    }

    private LogLines(Logger category, Level handled, @Nullable Level logged) {
        this.category = category;
        before = category.getLevel();
        category.setLevel(logged);
        setLevel(handled);
        category.addHandler(this);
    }

    /** The steps of all stories. */
    public static LogLines ofStories() {
        return new LogLines(Logger.getLogger("banking.story"), Level.ALL, Level.FINE);
    }

    /** What a package says, from its information on. */
    public static LogLines of(String name) {
        var category = Logger.getLogger(name);
        return new LogLines(category, Level.INFO, category.getLevel());
    }

    /** Each with its message; one with a stack ends with the exception. */
    public List<String> all() {
        return lines;
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(message.format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        category.removeHandler(this);
        category.setLevel(before);
    }
}
