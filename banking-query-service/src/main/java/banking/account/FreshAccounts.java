package banking.account;

import banking.events.StreamId;
import banking.problem.Problems;
import banking.projection.VersionWaits;
import banking.projection.VersionWaits.Outcome.Reached;
import banking.projection.VersionWaits.Outcome.StillAt;
import banking.projection.VersionWaits.Outcome.TooManyWaiting;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds accounts that are at least as new as who asks has seen them. */
@ApplicationScoped
class FreshAccounts {

    static final String MIN_VERSION =
            "Waits a moment until the view has at least this version (the ETag of a command's answer)";

    private final VersionWaits waits;

    FreshAccounts(VersionWaits waits) {
        this.waits = waits;
    }

    /**
     * @throws HttpProblem when there is no such account, or not in this version yet
     */
    AccountView find(UUID id, @Nullable Long minVersion) throws InterruptedException {
        if (minVersion != null) {
            await(id, minVersion);
        }
        var view = AccountView.of(id);
        if (view == null) {
            throw notFound("There is no account " + id);
        }
        return view;
    }

    private void await(UUID id, long minVersion) throws InterruptedException {
        var outcome =
                waits.await(
                        AccountProjection.NAME,
                        new StreamId(id),
                        minVersion,
                        () -> AccountView.versionOf(id));
        switch (outcome) {
            case Reached _ -> {}
            case StillAt(long version) ->
                    throw Problems.passing(
                                    412,
                                    "view-behind",
                                    "Precondition Failed",
                                    "Version " + minVersion + " has not arrived here yet")
                            .with("currentVersion", version)
                            .build();
            case TooManyWaiting _ ->
                    throw Problems.passing(
                                    503,
                                    "overloaded",
                                    "Service Unavailable",
                                    "Too many queries wait for a version")
                            .build();
        }
    }

    static HttpProblem notFound(String detail) {
        return Problems.problem(404, "account-not-found", "Not Found", detail).build();
    }
}
