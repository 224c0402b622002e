package banking.loan;

import banking.aggregate.Decision;
import banking.events.AccountEvent;
import banking.pledge.Pledge;
import io.quarkus.logging.Log;
import java.time.Instant;

/** An aggregate that looks at the clock and writes into the log. */
sealed interface Loan {

    record Granted(double amount) implements Loan {}

    /** The one command. */
    record Grant(double amount) {}

    static Decision<AccountEvent> decide(Loan state, Grant command) {
        Log.infof("%s at %s, for %s", state, Instant.now(), new Pledge(command.amount()));
        return Decision.accept();
    }
}
