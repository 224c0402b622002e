package banking.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where callers find what their commands have led to. */
@ApplicationScoped
public class QueryService {

    private final String url;

    /**
     * @param url the query service as callers reach it, without a slash at the end
     */
    QueryService(@ConfigProperty(name = "bank.query-service.url") Optional<String> url) {
        this.url = url.orElse("");
    }

    /**
     * Where a view shows what a command has led to.
     *
     * @param path begins with a slash; where it has a query, the version is added to it
     * @param version that the view is waited for to have
     */
    public String location(String path, long version) {
        return url + path + (path.indexOf('?') < 0 ? '?' : '&') + "min-version=" + version;
    }
}
