package banking.loan;

import banking.events.StreamId;
import banking.loan.LoansResource.Wish;
import banking.pledge.Pledge;
import java.util.UUID;

/** What somebody owes. */
record LoanState(Wish wish) {

    /** Whose ids these are, nobody can tell. */
    static StreamId stream(UUID id) {
        return new StreamId(id);
    }

    Pledge pledge() {
        return new Pledge(wish.amount());
    }
}
