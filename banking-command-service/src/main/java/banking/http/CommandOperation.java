package banking.http;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * An operation that gives one command, called within a bulk: by the method that a request of its
 * own calls, so that nothing of it is different.
 *
 * @param id the name of the method
 * @param body what the method takes as its body; {@link Void} for none
 * @param path the names of what the path has, the aggregate's first
 */
public record CommandOperation<B>(String id, Class<B> body, Call<B> call, List<String> path) {

    /** Calls the method. */
    @FunctionalInterface
    public interface Call<B> {
        CompletionStage<Response> of(BulkItem item, B body);
    }

    public static <B> CommandOperation<B> of(
            String id, Class<B> body, Call<B> call, String... path) {
        return new CommandOperation<>(id, body, call, List.of(path));
    }

    /** One whose method takes no body. */
    public static CommandOperation<Void> of(String id, Call<Void> call, String... path) {
        return of(id, Void.class, call, path);
    }
}
