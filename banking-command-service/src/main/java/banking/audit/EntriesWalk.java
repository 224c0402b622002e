package banking.audit;

import banking.audit.ChainsWalk.Place;
import banking.database.Transactions;
import banking.events.codec.ChainKeys;
import banking.seal.Walk;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Through the audit trail: whether every process's entries are as it wrote them. */
@ApplicationScoped
class EntriesWalk implements Walk {

    private final Transactions transactions;
    private final ChainsWalk chains;

    EntriesWalk(Transactions transactions, ChainKeys keys, KeptEntries kept) {
        this.transactions = transactions;
        chains = new ChainsWalk(keys, kept.age());
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String start() {
        return Place.START.toString();
    }

    @Override
    public Turn goOn(String position, @Nullable Long until, int most) throws SQLException {
        var page = transactions.commit(s -> chains.page(s, Place.parse(position), most));
        var found = new LinkedHashMap<String, String>();
        page.broken().forEach((entry, why) -> found.put("audit " + entry, why));
        var next = page.next();
        return new Turn(found, next == null ? null : next.toString(), page.checked());
    }
}
