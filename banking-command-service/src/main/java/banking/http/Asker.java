package banking.http;

import banking.security.Scope;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Who asks. */
@ApplicationScoped
public class Asker {

    private final CurrentVertxRequest request;

    Asker(CurrentVertxRequest request) {
        this.request = request;
    }

    /** What may be shown; for who asks, nothing else is there. */
    public Scope scope() {
        return Permitted.scope(request.getCurrent());
    }
}
