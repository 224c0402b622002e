package banking.aggregate;

import java.util.List;

/** What an aggregate makes of a command: the events of one stream, or a rejection. */
public sealed interface Decision<E> {

    /**
     * @param events in order; empty where the command changes nothing
     */
    record Accepted<E>(List<E> events) implements Decision<E> {}

    record Rejected<E>(Rejection rejection) implements Decision<E> {}

    static <E> Decision<E> accept() {
        return new Accepted<>(List.of());
    }

    static <E> Decision<E> accept(E event) {
        return new Accepted<>(List.of(event));
    }

    static <E> Decision<E> accept(E first, E second) {
        return new Accepted<>(List.of(first, second));
    }

    static <E> Decision<E> reject(Refusal refusal, String detail) {
        return new Rejected<>(new Rejection(refusal, detail));
    }
}
