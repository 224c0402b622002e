package banking.paging;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

public record Page<R>(List<R> rows, boolean more) {

    public static final int MAX = 500;
    public static final String DEFAULT = "100";

    /**
     * @param found what the page should hold, and one row more where there is one
     */
    public static <R> Page<R> of(List<R> found, int limit) {
        return new Page<>(found.subList(0, Math.min(limit, found.size())), found.size() > limit);
    }

    public <A> List<A> map(Function<R, A> answer) {
        return rows.stream().map(answer).toList();
    }

    /** The cursor to the page after this one; null at the end of the list. */
    public <C> @Nullable C next(Function<R, C> cursor) {
        return more ? cursor.apply(rows.getLast()) : null;
    }
}
