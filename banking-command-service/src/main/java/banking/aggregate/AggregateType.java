package banking.aggregate;

import static java.util.Objects.requireNonNull;

import banking.events.AggregateId;
import banking.events.CustomerId;
import banking.events.Event;
import banking.events.Money;
import banking.events.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the bank knows of one kind of aggregate. The functions are pure: no clock, no ids, no
 * input or output, so a batch may run them and throw the result away.
 */
public final class AggregateType<S, C, E extends Event> {

    /** A state as its caller sees it: a record that is written as JSON. */
    @FunctionalInterface
    public interface Answer<I, S> {
        Object of(I id, long version, S state);
    }

    /** Whose an aggregate is; null for one that is no customer's. */
    @FunctionalInterface
    public interface Owner<S> {
        @Nullable CustomerId of(UUID id, S state);
    }

    private static final UUID NOBODY = new UUID(0, 0);

    private final String name;
    private final Class<E> eventType;
    private final StateFormat<S> format;
    private final S initial;
    private final BiFunction<S, C, Decision<E>> decide;
    private final BiFunction<S, E, S> evolve;
    private final Answer<StreamId, S> answer;
    private List<Refusal> refusals = List.of();
    private Function<S, Set<Claim>> claims = _ -> Set.of();
    private Function<E, Set<Claim>> claimsForGood = _ -> Set.of();
    private @Nullable Refusal taken;
    private @Nullable Refusal takenForGood;
    private Function<C, List<AggregateId<?>>> references = _ -> List.of();
    private Function<S, @Nullable Due<C>> due = _ -> null;
    private Owner<S> owner = (_, _) -> null;
    private @Nullable Owner<S> customer;
    private Function<S, Map<String, String>> personal = _ -> Map.of();
    private @Nullable Class<? extends C> destroysKey;
    private @Nullable Refusal keyInUse;
    private List<Class<? extends C>> commands = List.of();
    private Predicate<C> sound = _ -> false;
    private UnaryOperator<C> approved = UnaryOperator.identity();
    private Function<C, @Nullable Money> moved = _ -> null;

    private AggregateType(
            String name,
            Class<E> eventType,
            StateFormat<S> format,
            S initial,
            BiFunction<S, C, Decision<E>> decide,
            BiFunction<S, E, S> evolve,
            Answer<StreamId, S> answer) {
        this.name = name;
        this.eventType = eventType;
        this.format = format;
        this.initial = initial;
        this.decide = decide;
        this.evolve = evolve;
        this.answer = answer;
    }

    /**
     * @param eventType the events of its streams
     * @param id what names one; its kind is what streams of this type are filed under
     * @param format how the state is written beside the journal
     * @param initial the state before the first event
     * @param decide what a state makes of a command
     * @param evolve the state after an event; it only assigns
     */
    public static <I extends AggregateId<E>, S, C, E extends Event> AggregateType<S, C, E> of(
            Class<E> eventType,
            Function<UUID, I> id,
            StateFormat<S> format,
            S initial,
            BiFunction<S, C, Decision<E>> decide,
            BiFunction<S, E, S> evolve,
            Answer<I, S> answer) {
        return new AggregateType<>(
                id.apply(NOBODY).kind(),
                eventType,
                format,
                initial,
                decide,
                evolve,
                (stream, version, state) -> answer.of(id.apply(stream.value()), version, state));
    }

    private AggregateType<S, C, E> copy() {
        var copy =
                new AggregateType<S, C, E>(
                        name, eventType, format, initial, decide, evolve, answer);
        copy.refusals = refusals;
        copy.claims = claims;
        copy.claimsForGood = claimsForGood;
        copy.taken = taken;
        copy.takenForGood = takenForGood;
        copy.references = references;
        copy.due = due;
        copy.owner = owner;
        copy.customer = customer;
        copy.personal = personal;
        copy.destroysKey = destroysKey;
        copy.keyInUse = keyInUse;
        copy.commands = commands;
        copy.sound = sound;
        copy.approved = approved;
        copy.moved = moved;
        return copy;
    }

    /**
     * @param known all that its decisions can be rejected with
     */
    public AggregateType<S, C, E> withRefusals(Refusal... known) {
        var copy = copy();
        copy.refusals = List.of(known);
        return copy;
    }

    /**
     * @param claimed what no other aggregate may have as long as this one is in this state
     * @param otherwise why a command is refused that leads to a claim of somebody else's
     */
    public AggregateType<S, C, E> withClaims(Function<S, Set<Claim>> claimed, Refusal otherwise) {
        var copy = copy();
        copy.claims = claimed;
        copy.taken = otherwise;
        return copy;
    }

    /**
     * @param claimed what happens by this event once in the whole bank and never again
     * @param otherwise why a command is refused that leads to such an event a second time, be it of
     *     the same aggregate
     */
    public AggregateType<S, C, E> withClaimsForGood(
            Function<E, Set<Claim>> claimed, Refusal otherwise) {
        var copy = copy();
        copy.claimsForGood = claimed;
        copy.takenForGood = otherwise;
        return copy;
    }

    /**
     * @param referred the aggregates that must exist for this command; it is refused as {@code
     *     <type>-not-found} where one does not
     */
    public AggregateType<S, C, E> withReferences(Function<C, List<AggregateId<?>>> referred) {
        var copy = copy();
        copy.references = referred;
        return copy;
    }

    /**
     * @param next the next command that falls due by itself, and when; null where none does
     */
    public AggregateType<S, C, E> withDue(Function<S, @Nullable Due<C>> next) {
        var copy = copy();
        copy.due = next;
        return copy;
    }

    /**
     * @param whose the customer whose an aggregate is
     */
    public AggregateType<S, C, E> withOwner(Owner<S> whose) {
        var copy = copy();
        copy.owner = whose;
        return copy;
    }

    /**
     * @param whom the customer whom an aggregate is about, whose it is not
     */
    public AggregateType<S, C, E> withCustomer(Owner<S> whom) {
        var copy = copy();
        copy.customer = whom;
        return copy;
    }

    /**
     * @param told what of an answer tells who somebody is, by the names of its members; where it is
     *     a customer's, it is kept nowhere but in the state and, encrypted, in the events
     */
    public AggregateType<S, C, E> withPersonal(Function<S, Map<String, String>> told) {
        var copy = copy();
        copy.personal = told;
        return copy;
    }

    /**
     * Each has a key, by which alone can be read what the events say of who it is.
     *
     * @param destroys the command that destroys it
     * @param otherwise why that is refused while it is needed
     */
    public AggregateType<S, C, E> withKey(Class<? extends C> destroys, Refusal otherwise) {
        var copy = copy();
        copy.destroysKey = destroys;
        copy.keyInUse = otherwise;
        return copy;
    }

    /**
     * @param all the commands that it takes, by name: a native image cannot be asked for them
     * @param condition what holds of a command whoever gives it, before the aggregate is asked
     */
    public AggregateType<S, C, E> withCommands(
            List<Class<? extends C>> all, Predicate<C> condition) {
        var copy = copy();
        copy.commands = List.copyOf(all);
        copy.sound = condition;
        return copy;
    }

    /**
     * @param command what is given in a command's place once another has approved it
     */
    public AggregateType<S, C, E> withApproved(UnaryOperator<C> command) {
        var copy = copy();
        copy.approved = command;
        return copy;
    }

    /**
     * @param amount what a command moves in the day of who gives it; null for nothing
     */
    public AggregateType<S, C, E> withMoved(Function<C, @Nullable Money> amount) {
        var copy = copy();
        copy.moved = amount;
        return copy;
    }

    public String name() {
        return name;
    }

    public List<Class<? extends C>> commands() {
        return commands;
    }

    /** Whether an aggregate can be asked this at all, whatever its state. */
    public boolean isSound(C command) {
        return sound.test(command);
    }

    public StateFormat<S> format() {
        return format;
    }

    public S initial() {
        return initial;
    }

    public List<Refusal> refusals() {
        return refusals;
    }

    public @Nullable Money moved(C command) {
        return moved.apply(command);
    }

    public C approved(C command) {
        return approved.apply(command);
    }

    public Decision<E> decide(S state, C command) {
        return decide.apply(state, command);
    }

    public S evolve(S state, E event) {
        return evolve.apply(state, event);
    }

    /**
     * The state after an event of a stream.
     *
     * @throws ClassCastException when it is not of this kind of aggregate
     */
    public S replayed(S state, Event event) {
        return evolve(state, eventType.cast(event));
    }

    /** Whether a stream that has this event is of this kind. */
    public boolean isOf(Event event) {
        return eventType.isInstance(event);
    }

    /**
     * What happens by an event of such a stream once in the whole bank.
     *
     * @throws ClassCastException when it is not of this kind of aggregate
     */
    public Set<Claim> claimedForGood(Event event) {
        return claimsForGood(eventType.cast(event));
    }

    public Object answer(StreamId id, long version, S state) {
        return answer.of(id, version, state);
    }

    public Set<Claim> claims(S state) {
        return claims.apply(state);
    }

    public Set<Claim> claimsForGood(E event) {
        return claimsForGood.apply(event);
    }

    public Refusal taken() {
        return requireNonNull(taken);
    }

    public Refusal takenForGood() {
        return requireNonNull(takenForGood);
    }

    public List<AggregateId<?>> references(C command) {
        return references.apply(command);
    }

    public @Nullable CustomerId owner(StreamId id, S state) {
        return owner.of(id.value(), state);
    }

    /** Whom it is about: its owner, where nobody has said otherwise. */
    public @Nullable CustomerId customer(StreamId id, S state) {
        return (customer == null ? owner : customer).of(id.value(), state);
    }

    public Map<String, String> personal(S state) {
        return personal.apply(state);
    }

    public boolean hasKey() {
        return destroysKey != null;
    }

    public boolean destroysKey(C command) {
        return destroysKey != null && destroysKey.isInstance(command);
    }

    public Refusal keyInUse() {
        return requireNonNull(keyInUse);
    }

    public @Nullable Due<C> due(S state) {
        return due.apply(state);
    }

    /**
     * What is told of the state that these events lead to, for those who have only the journal.
     *
     * @param events a stream's first events, without a gap
     * @throws ClassCastException when an event is not of this kind of aggregate
     */
    public Object replay(StreamId id, Stream<? extends Event> events) {
        var state = initial;
        long version = 0;
        for (var event : (Iterable<Event>) events.map(Event.class::cast)::iterator) {
            state = replayed(state, event);
            version++;
        }
        return answer(id, version, state);
    }
}
