package banking.audit;

import banking.database.Transactions;
import banking.events.codec.ChainKeys;
import banking.seal.Walk;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Through what is kept of commands that have led to events: whether each row is as written. */
@ApplicationScoped
class CommandsWalk implements Walk {

    /** A row tells of all commands of a transaction. */
    private static final int PAGE = 100;

    private static final String BEHIND =
            """
            select {columns} from given_command
            where (given_at, batch) >
                (timestamptz 'epoch' + ? * interval '1 microsecond', ?)
            order by given_at, batch limit ?"""
                    .replace("{columns}", GivenRow.COLUMNS);

    private final Transactions transactions;
    private final ChainKeys keys;

    CommandsWalk(Transactions transactions, ChainKeys keys) {
        this.transactions = transactions;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "commands";
    }

    @Override
    public String start() {
        return "0/" + new UUID(0, 0);
    }

    @Override
    public Turn goOn(String position, @Nullable Long until, int most) throws SQLException {
        var found = new LinkedHashMap<String, String>();
        var at = position;
        var checked = 0L;
        while (checked < most) {
            var words = at.split("/", 2);
            var time = Long.parseLong(words[0]);
            var batch = UUID.fromString(words[1]);
            var page =
                    transactions.single(
                            s -> s.write(BEHIND, time, batch, PAGE).query(GivenRow::read));
            for (var row : page) {
                checked += Math.max(1, row.commands().size());
                if (!row.isAsWritten(keys)) {
                    found.put("commands " + row.name(), "has not the hash of what it says");
                }
            }
            if (page.size() < PAGE) {
                return new Turn(found, null, checked);
            }
            at = page.getLast().name();
        }
        return new Turn(found, at, checked);
    }
}
