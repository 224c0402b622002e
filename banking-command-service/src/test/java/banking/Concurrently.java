package banking;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Does the same thing many times at once, on threads that do not share a carrier. */
public final class Concurrently {

    private static final int MOST_THREADS = 64;

    private Concurrently() {}

    /**
     * @return what each of them gave, in any order
     */
    public static <T> List<T> times(int times, Callable<T> action) {
        try (var threads = Executors.newFixedThreadPool(Math.min(times, MOST_THREADS))) {
            return threads
                    .invokeAll(IntStream.range(0, times).mapToObj(i -> action).toList())
                    .stream()
                    .map(Concurrently::result)
                    .toList();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T result(Future<T> done) {
        try {
            return done.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
