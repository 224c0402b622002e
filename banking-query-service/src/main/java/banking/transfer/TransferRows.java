package banking.transfer;

import banking.account.AccountFollower;
import banking.account.AppliedEvent;
import banking.database.Statements;
import banking.events.AccountEvent.TransferCompleted;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRefunded;
import banking.events.AccountEvent.TransferRequested;
import banking.events.TransferId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the transfers. Only what happens to the source is written there, so a transfer has one
 * writer and goes its way in the order of one stream, however far the target's events are ahead or
 * behind.
 */
@ApplicationScoped
class TransferRows implements AccountFollower {

    private record Requested(AppliedEvent applied, TransferRequested event) {}

    record Settled(
            AppliedEvent applied, TransferId id, TransferStatus status, @Nullable String reason) {}

    record Received(AppliedEvent applied, TransferReceived event) {}

    @Override
    public void write(Statements statements, List<AppliedEvent> events) throws SQLException {
        var requested = new ArrayList<Requested>();
        var settled = new ArrayList<Settled>();
        var received = new ArrayList<Received>();
        for (var applied : events) {
            if (applied.event() instanceof TransferRequested event) {
                requested.add(new Requested(applied, event));
            } else if (applied.event() instanceof TransferReceived event) {
                received.add(new Received(applied, event));
            } else if (applied.event() instanceof TransferCompleted(var id)) {
                settled.add(new Settled(applied, id, TransferStatus.COMPLETED, null));
            } else if (applied.event()
                    instanceof TransferRefunded(var id, _, var reason, _, _, _)) {
                settled.add(new Settled(applied, id, TransferStatus.REFUNDED, reason));
            }
        }
        insert(statements, requested);
        settle(statements, settled);
        LooseEnds.received(statements, received);
        LooseEnds.completed(
                statements,
                settled.stream().filter(s -> s.status == TransferStatus.COMPLETED).toList());
    }

    private static void insert(Statements statements, List<Requested> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        statements.write(
                """
                insert into transfer_view (transfer_id, status, from_account, to_account,
                    currency, amount_minor, reference, requested_at)
                select id, 'REQUESTED', source, target, currency, amount, reference,
                    timestamptz 'epoch' + at * interval '1 microsecond'
                from unnest(?, ?, ?, ?, ?, ?, ?) as t (id, source, target, currency, amount,
                    reference, at)""");
        statements.add("uuid", rows, r -> r.event.transferId());
        statements.add("uuid", rows, r -> r.applied.account());
        statements.add("uuid", rows, r -> r.event.to());
        statements.add("text", rows, r -> r.event.amount().currency().code());
        statements.addLongs(rows, r -> r.event.amount().minorUnits());
        statements.add("text", rows, r -> r.event.reference());
        statements.addTimes(rows, r -> r.applied.at());
    }

    private static void settle(Statements statements, List<Settled> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        statements.write(
                """
                update transfer_view v
                set status = t.status, reason = t.reason,
                    settled_at = timestamptz 'epoch' + t.at * interval '1 microsecond'
                from unnest(?::uuid[], ?::uuid[], ?, ?, ?) as t (id, source, status, reason,
                    at)
                where v.transfer_id = t.id and v.from_account = t.source
                  and v.status = 'REQUESTED'""");
        statements.add("uuid", rows, Settled::id);
        statements.add("uuid", rows, s -> s.applied.account());
        statements.add("text", rows, s -> s.status.name());
        statements.add("text", rows, Settled::reason);
        statements.addTimes(rows, s -> s.applied.at());
        statements.expecting(
                rows.size(), () -> new IllegalStateException("there is no such open transfer"));
    }
}
