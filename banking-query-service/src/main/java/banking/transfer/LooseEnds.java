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
                with told as (
                    select * from unnest(?, ?, ?, ?, ?, ?)
                        as r (id, account, version, currency, amount, at)),
                met as (
                    delete from loose_end e using told r
                    where e.transfer_id = r.id and e.told = 'COMPLETED' returning e.transfer_id)
                insert into loose_end (transfer_id, account_id, version, told, currency,
                    amount_minor, told_at)
                select id, account, version, 'RECEIVED', currency, amount,
                    timestamptz 'epoch' + at * interval '1 microsecond'
                from told where id not in (select transfer_id from met)
                on conflict do nothing""");
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
                with told as (
                    select * from unnest(?, ?, ?, ?) as c (id, account, version, at)),
                met as (
                    delete from loose_end e using told c
                    where e.transfer_id = c.id and e.told = 'RECEIVED' returning e.transfer_id)
                insert into loose_end (transfer_id, account_id, version, told, currency,
                    amount_minor, told_at)
                select c.id, c.account, c.version, 'COMPLETED', t.currency, t.amount_minor,
                    timestamptz 'epoch' + c.at * interval '1 microsecond'
                from told c join transfer_view t on t.transfer_id = c.id
                where c.id not in (select transfer_id from met)
                on conflict do nothing""");
        statements.add("uuid", rows, Settled::id);
        statements.add("uuid", rows, s -> s.applied().account());
        statements.addLongs(rows, s -> s.applied().version());
        statements.addTimes(rows, s -> s.applied().at());
    }
}
