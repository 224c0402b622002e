package banking.view;

import banking.events.AggregateId;
import banking.events.CustomerId;
import banking.events.Event;
import banking.http.ProblemCode;
import banking.http.Problems;
import banking.http.Refusal;
import banking.projection.VersionWaits;
import banking.projection.VersionWaits.Outcome.Reached;
import banking.projection.VersionWaits.Outcome.StillAt;
import banking.projection.VersionWaits.Outcome.TooManyWaiting;
import banking.security.Scope;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Finds views that are at least as new as who asks has seen them. */
@ApplicationScoped
public class FreshViews {

    public static final String MIN_VERSION =
            "Waits a moment until the view has at least this version (the ETag of a command's answer)";

    /** The start of an SQL condition that an event of the aggregate waits; a projection ends it. */
    public static final String BEHIND_IN =
            "exists (select 1 from parked_aggregate p"
                    + " where p.stream_id = id and p.projection = '";

    public static final String END = "')";

    private final VersionWaits waits;
    private final SharedLookups lookups;

    FreshViews(VersionWaits waits, SharedLookups lookups) {
        this.waits = waits;
        this.lookups = lookups;
    }

    /**
     * What is found by an aggregate's id.
     *
     * @param noun what people call it
     * @param events what can happen to it
     * @param version of a view
     * @param owner the customer whose a view is; null for one that is no customer's
     */
    public record Kind<E extends Event, V>(
            String projection,
            String noun,
            Class<E> events,
            Class<V> entity,
            ToLongFunction<V> version,
            Function<V, @Nullable CustomerId> owner) {

        public static <E extends Event, V extends View<E>> Kind<E, V> of(
                String projection, String noun, Class<E> events, Class<V> entity) {
            return new Kind<>(projection, noun, events, entity, view -> view.version, _ -> null);
        }

        /** The same, where a view is a customer's. */
        public Kind<E, V> ownedBy(Function<V, @Nullable CustomerId> customer) {
            return new Kind<>(projection, noun, events, entity, version, customer);
        }

        /** What is answered where there is none. */
        public Refusal notFound() {
            return Refusal.notFound(noun);
        }
    }

    /**
     * @param scope what is not in it is not there
     */
    public <E extends Event, V> V find(
            Kind<E, V> kind, AggregateId<E> id, @Nullable Long minVersion, Scope scope)
            throws InterruptedException {
        var view = lookUp(kind, id, scope);
        if (minVersion != null && version(kind, view) < minVersion) {
            await(kind, id, minVersion, scope);
            view = lookUp(kind, id, scope);
        }
        if (view == null) {
            throw refused(kind, id, scope, notFound(kind, id));
        }
        return view;
    }

    /** The same to the caller, and for the record whether it is there and another's. */
    private <E extends Event, V> HttpProblem refused(
            Kind<E, V> kind, AggregateId<E> id, Scope scope, HttpProblem problem) {
        return lookUp(kind, id, scope) == null && lookups.find(kind.entity, id.value()) != null
                ? Problems.ofOthers(problem)
                : problem;
    }

    /** The view as it is now, where there is one. */
    public <E extends Event, V> @Nullable V lookUp(
            Kind<E, V> kind, AggregateId<E> id, Scope scope) {
        var view = lookups.find(kind.entity, id.value());
        return view != null && scope.has(kind.owner.apply(view)) ? view : null;
    }

    /**
     * @param scope what is not in it never comes
     */
    public <E extends Event, V> void await(
            Kind<E, V> kind, AggregateId<E> id, long minVersion, Scope scope)
            throws InterruptedException {
        var outcome =
                waits.await(
                        kind.projection,
                        id.stream(),
                        minVersion,
                        () -> version(kind, lookUp(kind, id, scope)));
        switch (outcome) {
            case Reached _ -> {}
            case StillAt(long version) ->
                    throw refused(
                            kind,
                            id,
                            scope,
                            Problems.builder(
                                            ViewRefusal.VIEW_BEHIND,
                                            "Version " + minVersion + " has not arrived here yet.")
                                    .withHeader("Retry-After", 1)
                                    .with("currentVersion", version)
                                    .build());
            case TooManyWaiting _ ->
                    throw Problems.of(
                            ProblemCode.OVERLOADED, "Too many queries wait for a version.");
        }
    }

    private static <V> long version(Kind<?, V> kind, @Nullable V view) {
        return view == null ? 0 : kind.version.applyAsLong(view);
    }

    public static HttpProblem notFound(Kind<?, ?> kind, AggregateId<?> id) {
        return Problems.of(kind.notFound(), "There is no " + kind.noun + " " + id + ".");
    }
}
