package banking.loan;

import banking.aggregate.AggregateType;
import banking.aggregate.StateFormat;
import banking.events.AccountEvent;
import banking.events.AccountId;
import java.util.List;

/** The loan, as the bank would know it. */
final class LoanType {

    static final AggregateType<Loan, Loan.Grant, AccountEvent> LOAN =
            AggregateType.of(
                    AccountEvent.class,
                    AccountId::new,
                    new StateFormat<>(Loan.class, List.of(Loan.Granted.class)),
                    new Loan.Granted(0),
                    Loan::decide,
                    (state, _) -> state,
                    (_, _, state) -> state);

    private LoanType() {}
}
