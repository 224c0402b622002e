package banking.view;

import banking.database.DatabaseFailure;
import banking.http.ProblemCode;
import banking.http.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
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

    /** How many queries for one kind of view are under way at a time. */
    private static final int MOST_QUERIES = 2;

    /** How many views are looked up with one query. */
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
        return Problems.of(ProblemCode.OVERLOADED, "Too many queries wait for a view.");
    }

    /** One who asks: told what was found, or before that to ask for all who wait. */
    private record Asker<V>(
            UUID id, CompletableFuture<Boolean> leads, CompletableFuture<@Nullable V> found) {

        Asker(UUID id) {
            this(id, new CompletableFuture<>(), new CompletableFuture<>());
        }

        void found(@Nullable V view) {
            found.complete(view);
            leads.complete(false);
        }

        void failed(Throwable failure) {
            found.completeExceptionally(failure);
            leads.complete(false);
        }
    }

    private final class Kind<V> {

        private final Class<V> entity;

        /**
         * Those whom the queries under way do not serve; empty unless there are enough of those.
         */
        private final Deque<Asker<V>> waiting = new ArrayDeque<>();

        private int queries;

        Kind(Class<V> entity) {
            this.entity = entity;
        }

        @Nullable V find(UUID id) {
            var asker = new Asker<V>(id);
            if (begins(asker) || isToLead(asker)) {
                lead(asker);
            }
            try {
                return asker.found.join();
            } catch (CompletionException e) {
                // The same for all who asked together, and told as if each had asked alone.
                throw e.getCause() instanceof RuntimeException failure ? failure : e;
            }
        }

        private boolean isToLead(Asker<V> asker) {
            try {
                return asker.leads.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                if (leaves(asker)) {
                    throw overloaded();
                }
                // Its turn has come just now, or a query with its id is under way.
                return asker.leads.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return asker.leads.join();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a turn never fails", e);
            }
        }

        private synchronized boolean leaves(Asker<V> asker) {
            return waiting.remove(asker);
        }

        private synchronized boolean begins(Asker<V> asker) {
            if (queries == MOST_QUERIES) {
                if (waiting.size() == MOST_WAITING) {
                    throw overloaded();
                }
                waiting.add(asker);
                return false;
            }
            queries++;
            return true;
        }

        private void lead(Asker<V> leader) {
            var together = new ArrayList<>(List.of(leader));
            try {
                join(together);
                var views = load(together.stream().map(Asker::id).distinct().toList());
                together.forEach(asker -> asker.found(views.get(asker.id)));
            } catch (RuntimeException | Error e) {
                if (together.size() == 1 || DatabaseFailure.mayPass(e)) {
                    together.forEach(asker -> asker.failed(e));
                } else {
                    together.forEach(this::loadAlone);
                }
            } finally {
                handOver();
            }
        }

        /** A view that nobody can read fails those who ask for it, and no others. */
        private void loadAlone(Asker<V> asker) {
            try {
                asker.found(load(List.of(asker.id)).get(asker.id));
            } catch (RuntimeException | Error e) {
                asker.failed(e);
            }
        }

        private synchronized void join(List<Asker<V>> together) {
            while (together.size() < MOST_TOGETHER && !waiting.isEmpty()) {
                together.add(waiting.remove());
            }
        }

        private synchronized void handOver() {
            if (waiting.isEmpty()) {
                queries--;
            } else {
                waiting.remove().leads.complete(true);
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
