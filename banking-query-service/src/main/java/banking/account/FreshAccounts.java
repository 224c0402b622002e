package banking.account;

import banking.events.AccountEvent;
import banking.events.AccountId;
import banking.http.Problems;
import banking.security.Scope;
import banking.view.FreshViews;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Finds accounts that are at least as new as who asks has seen them. */
@ApplicationScoped
public class FreshAccounts {

    public static final String PROJECTION = AccountProjection.NAME;

    private static final FreshViews.Kind<AccountEvent, AccountView> ACCOUNT =
            new FreshViews.Kind<>(
                    AccountProjection.NAME,
                    "account",
                    AccountEvent.class,
                    AccountView.class,
                    view -> view.version,
                    AccountView::customer);

    private final FreshViews views;

    FreshAccounts(FreshViews views) {
        this.views = views;
    }

    AccountView find(AccountId id, @Nullable Long minVersion, Scope scope)
            throws InterruptedException {
        return views.find(ACCOUNT, id, minVersion, scope);
    }

    /**
     * Whether an event of the account waits that could not be applied.
     *
     * @throws HttpProblem when there is no such account, or not in this version yet
     */
    public boolean behind(AccountId id, @Nullable Long minVersion, Scope scope)
            throws InterruptedException {
        return find(id, minVersion, scope).behind;
    }

    public void await(AccountId id, long minVersion, Scope scope) throws InterruptedException {
        views.await(ACCOUNT, id, minVersion, scope);
    }

    /** Whether there is such an account that the scope has. */
    public boolean has(AccountId id, Scope scope) {
        return scope instanceof Scope.All || views.lookUp(ACCOUNT, id, scope) != null;
    }

    static HttpProblem notFound(String detail) {
        return Problems.of(ACCOUNT.notFound(), detail);
    }
}
