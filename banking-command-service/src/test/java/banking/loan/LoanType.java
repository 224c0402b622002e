package banking.loan;

import banking.events.AccountEvent;
import banking.events.StreamId;
import banking.pipeline.AggregateType;
import banking.pipeline.Decision;
import banking.pipeline.StateFormat;
import java.util.List;

/** The loan, as the pipeline would know it. */
final class LoanType implements AggregateType<Loan, Loan.Grant, AccountEvent> {

    static final LoanType LOAN = new LoanType();

    @Override
    public String name() {
        return "loan";
    }

    @Override
    public Class<AccountEvent> eventType() {
        return AccountEvent.class;
    }

    @Override
    public StateFormat<Loan> format() {
        return new StateFormat<>(Loan.class, List.of(Loan.Granted.class));
    }

    @Override
    public Loan initial() {
        return new Loan.Granted(0);
    }

    @Override
    public Decision<AccountEvent> decide(Loan state, Loan.Grant command) {
        return Loan.decide(state, command);
    }

    @Override
    public Loan evolve(Loan state, AccountEvent event) {
        return state;
    }

    @Override
    public Object answer(StreamId id, long version, Loan state) {
        return state;
    }
}
