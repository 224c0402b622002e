package banking.loan;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;

/** A row that anybody can change. */
public final class LoanView extends PanacheEntityBase {

    String amount = "";

    void setAmount(String amount) {
        this.amount = amount;
    }
}
