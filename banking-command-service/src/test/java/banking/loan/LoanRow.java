package banking.loan;

import banking.events.StreamId;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import java.util.UUID;

/** A row that anybody can change. */
final class LoanRow extends PanacheEntityBase {

    String amount = "";

    /** Whose ids these are, nobody can tell. */
    static StreamId stream(UUID id) {
        return new StreamId(id);
    }

    void setAmount(String amount) {
        this.amount = amount;
    }
}
