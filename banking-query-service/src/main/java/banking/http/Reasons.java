package banking.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Why operators say that something has to be done, for the record. */
@ApplicationScoped
public class Reasons {

    public static final String WHY = "Why it has to be, for the record";

    public static final int LONGEST = 500;

    private final CurrentVertxRequest request;

    Reasons(CurrentVertxRequest request) {
        this.request = request;
    }

    /**
     * @param because null where the operator has not said why
     */
    public void say(@Nullable String because) {
        if (because != null) {
            Asked.of(request.getCurrent()).because(because);
        }
    }
}
