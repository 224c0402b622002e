package banking.transfer;

import banking.database.Statements;
import banking.transfer.TransferRows.Received;
import banking.transfer.TransferRows.Settled;
import java.sql.SQLException;
import java.util.List;

/**
 * What one side of a transfer has told and the other not yet, so that money which is read as under
 * way can be told from money that is amiss. Whichever side is read second takes the first one's row
 * away; no side waits for a row that the other is about to write.
 */
final class LooseEnds {

    private LooseEnds() {}

    static void received(Statements statements, List<Received> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        statements.write(
                """
                WITH told AS (
                    SELECT * FROM unnest(?, ?, ?, ?, ?, ?)
                        AS r (id, account, version, currency, amount, at)),
                met AS (
                    DELETE FROM loose_end e USING told r
                    WHERE e.transfer_id = r.id AND e.told = 'COMPLETED' RETURNING e.transfer_id)
                INSERT INTO loose_end (transfer_id, account_id, version, told, currency,
                    amount_minor, told_at)
                SELECT id, account, version, 'RECEIVED', currency, amount,
                    timestamptz 'epoch' + at * interval '1 microsecond'
                FROM told WHERE id NOT IN (SELECT transfer_id FROM met)
                ON CONFLICT DO NOTHING""");
        statements.add("uuid", rows, r -> r.event().transferId());
        statements.add("uuid", rows, r -> r.applied().account());
        statements.addLongs(rows, r -> r.applied().version());
        statements.add("text", rows, r -> r.event().amount().currency().code());
        statements.addLongs(rows, r -> r.event().amount().minorUnits());
        statements.addTimes(rows, r -> r.applied().at());
    }

    static void completed(Statements statements, List<Settled> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        statements.write(
                """
                WITH told AS (
                    SELECT * FROM unnest(?, ?, ?, ?) AS c (id, account, version, at)),
                met AS (
                    DELETE FROM loose_end e USING told c
                    WHERE e.transfer_id = c.id AND e.told = 'RECEIVED' RETURNING e.transfer_id)
                INSERT INTO loose_end (transfer_id, account_id, version, told, currency,
                    amount_minor, told_at)
                SELECT c.id, c.account, c.version, 'COMPLETED', t.currency, t.amount_minor,
                    timestamptz 'epoch' + c.at * interval '1 microsecond'
                FROM told c JOIN transfer_view t ON t.transfer_id = c.id
                WHERE c.id NOT IN (SELECT transfer_id FROM met)
                ON CONFLICT DO NOTHING""");
        statements.add("uuid", rows, Settled::id);
        statements.add("uuid", rows, s -> s.applied().account());
        statements.addLongs(rows, s -> s.applied().version());
        statements.addTimes(rows, s -> s.applied().at());
    }
}
