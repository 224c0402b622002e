package banking.projection.loan;

import banking.loan.LoanView;

/** Takes loans in, and nothing else. */
record LoanIntake(LoanView loan) {}
