package banking.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.annotations.Immutable;

/** A row of the view {@code trial_balance}. */
@Entity
@Immutable
@Table(name = "trial_balance")
@IdClass(TrialBalanceLine.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills it in.
class TrialBalanceLine extends PanacheEntityBase {

    static final String SUBSIDIARIES = "SUBSIDIARIES";

    static final String OPEN_TRANSFERS = "OPEN_TRANSFERS";

    record Key(String currency, String account) {}

    @Id String currency;

    /** A {@link LedgerAccount}, {@link #SUBSIDIARIES} or {@link #OPEN_TRANSFERS}. */
    @Id String account;

    BigDecimal debitMinor;
    BigDecimal creditMinor;

    static TrialBalanceLine read(ResultSet row) throws SQLException {
        var line = new TrialBalanceLine();
        line.currency = row.getString("currency");
        line.account = row.getString("account");
        line.debitMinor = row.getBigDecimal("debit_minor");
        line.creditMinor = row.getBigDecimal("credit_minor");
        return line;
    }

    /** All lines as one snapshot of the database has them: one statement reads them. */
    static List<TrialBalanceLine> inOrderOfCurrencies() {
        return list("order by currency, account");
    }
}
