package banking.http;

import java.util.List;
import java.util.Locale;

/** Why something can be refused, as the command service has it. */
public interface Refusal {

    String NOT_FOUND = "-not-found";

    /**
     * @param status of HTTP
     * @param title a sentence for people, the same each time
     * @param causes what an operation of the API has that it may answer: a parameter's name
     */
    record Terms(int status, String title, List<String> causes) {

        public static Terms of(int status, String title, String... causes) {
            return new Terms(status, title, List.of(causes));
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
}
