package banking.loan;

import banking.loan.LoansResource.Wish;
import banking.pledge.Pledge;

/** What somebody owes. */
record LoanState(Wish wish) {

    Pledge pledge() {
        return new Pledge(wish.amount());
    }
}
