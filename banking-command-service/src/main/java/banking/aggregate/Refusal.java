package banking.aggregate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Why something can be refused. Those of an aggregate are an enum beside it, and the documents of
 * the API are made from it.
 */
public interface Refusal {

    String NOT_FOUND = "-not-found";

    /**
     * @param status of HTTP
     * @param title a sentence for people, the same each time
     * @param causes what an operation of the API has that it may answer: a command's or a
     *     parameter's name
     */
    record Terms(int status, String title, List<String> causes) {

        public static Terms of(int status, String title, String... causes) {
            return new Terms(status, title, List.of(causes));
        }

        public static Terms of(int status, String title, Class<?>[] commands) {
            return of(
                    status,
                    title,
                    Stream.of(commands).map(Class::getSimpleName).toArray(String[]::new));
        }
    }

    /** One that is not of an enum. */
    record Other(String name, Terms terms) implements Refusal {}

    String name();

    Terms terms();

    /** As programs read it, in kebab case; it is stable. */
    default String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it may be done all the same where a second pair of eyes approves it. */
    default boolean canBeApproved() {
        return false;
    }

    default int status() {
        return terms().status();
    }

    default String title() {
        return terms().title();
    }

    /**
     * @param kind of the thing that is not there, in kebab case
     */
    static Refusal notFound(String kind) {
        var title = "There is no such " + kind.replace('-', ' ');
        return new Other(kind + NOT_FOUND, Terms.of(404, title));
    }

    /** For a code that nobody knows any more: it stays a refusal. */
    static Refusal of(String code) {
        return code.endsWith(NOT_FOUND)
                ? notFound(code.substring(0, code.length() - NOT_FOUND.length()))
                : new Other(code, Terms.of(422, "It was refused before"));
    }
}
