package banking.account;

import banking.database.Statements;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

final class StatementRows {

    private record Line(AppliedEvent event, Entry entry) {}

    private StatementRows() {}

    static void add(Statements statements, List<AppliedEvent> events) throws SQLException {
        var lines =
                events.stream()
                        .mapMulti(
                                (AppliedEvent event, Consumer<Line> add) -> {
                                    var entry = event.entry();
                                    if (entry != null) {
                                        add.accept(new Line(event, entry));
                                    }
                                })
                        .toList();
        if (lines.isEmpty()) {
            return;
        }
        statements.write(
                """
                insert into statement_line (account_id, version, kind, currency, amount_minor,
                    balance_minor, transfer_id, counterparty_id, reference, occurred_at)
                select account, version, kind, currency, amount, balance, transfer,
                    counterparty, reference,
                    timestamptz 'epoch' + at * interval '1 microsecond'
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as e (account, version, kind,
                    currency, amount, balance, transfer, counterparty, reference, at)
                on conflict (account_id, version) do nothing""");
        statements.add("uuid", lines, l -> l.event.account().value());
        statements.addLongs(lines, l -> l.event.version());
        statements.add("text", lines, l -> l.entry.kind().name());
        statements.add("text", lines, l -> l.entry.amount().currency().code());
        statements.addLongs(lines, l -> l.entry.amount().minorUnits());
        statements.addLongs(lines, l -> l.entry.balance().minorUnits());
        statements.add("uuid", lines, l -> l.entry.transferId());
        statements.add("uuid", lines, l -> l.entry.counterparty());
        statements.add("text", lines, l -> l.entry.reference());
        statements.addTimes(lines, l -> l.event.at());
    }
}
