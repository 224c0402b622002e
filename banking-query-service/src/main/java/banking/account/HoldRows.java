package banking.account;

import banking.events.Currency;
import banking.events.HoldId;
import banking.events.Money;
import banking.events.StreamId;
import banking.tables.Statements;
import banking.tables.ViewTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

final class HoldRows {

    private static final ViewTable<HoldState> TABLE =
            new ViewTable<HoldState>("hold_view")
                    .key("hold_id", "uuid", hold -> hold.id().value())
                    .with("account_id", "uuid", hold -> hold.account().value())
                    .with("currency", "text", hold -> hold.amount().currency().code())
                    .withLong("amount_minor", hold -> hold.amount().minorUnits())
                    .withLong("captured_minor", hold -> hold.captured().minorUnits())
                    .with("status", "text", hold -> hold.status().name())
                    .withTime("expires_at", HoldState::expiresAt)
                    .with("reference", "text", HoldState::reference)
                    .withTime("placed_at", HoldState::placedAt)
                    .withOptionalTime("settled_at", HoldState::settledAt);

    private HoldRows() {}

    private static HoldState hold(ResultSet row) throws SQLException {
        var currency = new Currency(row.getString("currency"));
        return new HoldState(
                new HoldId(row.getObject("hold_id", UUID.class)),
                ViewTable.streamId(row, "account_id"),
                new Money(row.getLong("amount_minor"), currency),
                new Money(row.getLong("captured_minor"), currency),
                HoldStatus.valueOf(row.getString("status")),
                ViewTable.time(row, "expires_at"),
                row.getString("reference"),
                ViewTable.time(row, "placed_at"),
                ViewTable.optionalTime(row, "settled_at"));
    }

    static Map<StreamId, Map<HoldId, HoldState>> open(
            Statements statements, Collection<StreamId> accounts) throws SQLException {
        var open = new HashMap<StreamId, Map<HoldId, HoldState>>();
        var where = "status = 'OPEN' AND account_id = ANY (?)";
        for (var hold : TABLE.load(statements, where, accounts, HoldRows::hold)) {
            open.computeIfAbsent(hold.account(), _ -> new HashMap<>()).put(hold.id(), hold);
        }
        return open;
    }

    static void write(Statements statements, Collection<HoldState> holds) throws SQLException {
        TABLE.upsert(statements, List.copyOf(holds));
    }
}
