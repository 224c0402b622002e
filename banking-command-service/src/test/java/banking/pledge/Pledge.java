package banking.pledge;

import banking.loan.LoanResource.Wish;

/** What a loan is given for; the two know each other. */
public record Pledge(double value) {

    static Pledge of(Wish wish) {
        return new Pledge(wish.amount());
    }
}
