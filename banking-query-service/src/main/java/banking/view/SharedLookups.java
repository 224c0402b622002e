package banking.view;

import banking.database.DatabaseFailure;
import banking.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lookups by id that share trips to the database: what is asked for while the queries before are
 * under way is asked together in the next. Nobody waits on purpose; who comes alone asks alone. A
 * trip costs many times what a row does, so many readers are served with few queries.
 */
@ApplicationScoped
class SharedLookups {

    private static final int MOST_QUERIES = 2;

    private static final int MOST_TOGETHER = 128;

    /** How many may wait for the queries under way; more are refused. */
    private static final int MOST_WAITING = 10_000;

    private static final int PATIENCE_SECONDS = 10;

    private final SessionFactory database;
    private final Map<Class<?>, Kind<?>> kinds = new ConcurrentHashMap<>();

    SharedLookups(SessionFactory database) {
        this.database = database;
    }

    /**
     * Finds a view as it stands at some moment after the call; null where there is none.
     *
     * @param entity immutable, since those who ask at the same time share what they get
     * @throws HttpProblem {@code overloaded} when too many wait, or for too long
     */
    <V> @Nullable V find(Class<V> entity, UUID id) {
        @SuppressWarnings("unchecked") // An entity's kind is made by this line and no other.
        var kind = (Kind<V>) kinds.computeIfAbsent(entity, e -> new Kind<>(entity));
        return kind.find(id);
    }

    private static HttpProblem overloaded() {
        return Problems.passing(
                        503,
                        "overloaded",
                        "Service Unavailable",
                        "Too many queries wait for a view")
                .build();
    }

    private record Asker<V>(UUID id, CompletableFuture<@Nullable V> found) {}

    private final class Kind<V> {

        private final Class<V> entity;
        private final BlockingQueue<Asker<V>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
        private final Semaphore queries = new Semaphore(MOST_QUERIES);

        Kind(Class<V> entity) {
            this.entity = entity;
        }

        @Nullable V find(UUID id) {
            var asker = new Asker<V>(id, new CompletableFuture<>());
            if (!waiting.offer(asker)) {
                throw overloaded();
            }
            if (queries.tryAcquire()) {
                answerNext();
            }
            if (!isAnsweredInTime(asker) && waiting.remove(asker)) {
                throw overloaded();
            }
            try {
                return asker.found.join();
            } catch (CompletionException e) {
                // The same for all who asked together, and told as if each had asked alone.
                throw e.getCause() instanceof RuntimeException failure ? failure : e;
            }
        }

        private boolean isAnsweredInTime(Asker<V> asker) {
            try {
                asker.found.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return true;
            } catch (ExecutionException e) {
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }

        /**
         * Asks for all who wait. Those who came meanwhile are another thread's, since whoever has
         * an answer goes home with it.
         */
        private void answerNext() {
            try {
                var together = new ArrayList<Asker<V>>();
                waiting.drainTo(together, MOST_TOGETHER);
                if (!together.isEmpty()) {
                    answer(together);
                }
            } finally {
                queries.release();
            }
            // Looked at only now that others can begin a query, so nobody is left waiting.
            if (!waiting.isEmpty() && queries.tryAcquire()) {
                Thread.startVirtualThread(this::answerNext);
            }
        }

        private void answer(List<Asker<V>> together) {
            try {
                var views = load(together.stream().map(Asker::id).distinct().toList());
                together.forEach(asker -> asker.found.complete(views.get(asker.id)));
            } catch (RuntimeException | Error e) {
                if (together.size() == 1 || DatabaseFailure.mayPass(e)) {
                    together.forEach(asker -> asker.found.completeExceptionally(e));
                } else {
                    // A view that nobody can read fails those who ask for it, and no others.
                    together.forEach(asker -> answer(List.of(asker)));
                }
            }
        }

        /** In a session of its own, since one that has seen a view shows it as it was then. */
        private Map<UUID, V> load(List<UUID> ids) {
            try (var session = database.openSession()) {
                var found = session.findMultiple(entity, ids);
                var views = HashMap.<UUID, V>newHashMap(ids.size());
                for (int i = 0; i < ids.size(); i++) {
                    // Null where there is none, whatever the method's type says.
                    @Nullable V view = found.get(i);
                    if (view != null) {
                        views.put(ids.get(i), view);
                    }
                }
                return views;
            }
        }
    }
}
