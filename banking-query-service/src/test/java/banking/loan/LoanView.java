package banking.loan;

import banking.events.AccountEvent;
import banking.view.View;
import io.quarkus.logging.Log;
import java.time.Instant;

/** A row that anybody can change, and that writes into the log when an event does. */
public final class LoanView extends View<AccountEvent> {

    String amount = "";

    void setAmount(String amount) {
        this.amount = amount;
    }

    @Override
    protected void apply(AccountEvent event, Instant at) {
        changed(event);
    }

    private void changed(AccountEvent event) {
        Log.infof("a loan has changed: %s", event);
        amount = event.toString();
    }
}
