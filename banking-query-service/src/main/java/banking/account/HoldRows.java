package banking.account;

import banking.database.Statements;
import banking.events.AccountEvent.HoldCaptured;
import banking.events.AccountEvent.HoldExpired;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.HoldReleased;
import banking.events.HoldId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Keeps the holds; all that happens to one happens to its account, so it has one writer. */
@ApplicationScoped
class HoldRows implements AccountFollower {

    private record Placed(AppliedEvent applied, HoldPlaced event) {}

    private record Settled(AppliedEvent applied, HoldId id, HoldStatus status, long captured) {}

    @Override
    public void write(Statements statements, List<AppliedEvent> events) throws SQLException {
        var placed = new ArrayList<Placed>();
        var settled = new ArrayList<Settled>();
        for (var applied : events) {
            switch (applied.event()) {
                case HoldPlaced event -> placed.add(new Placed(applied, event));
                case HoldCaptured(var id, var amount, _, _, _) ->
                        settled.add(
                                new Settled(applied, id, HoldStatus.CAPTURED, amount.minorUnits()));
                case HoldReleased(var id, _, _) ->
                        settled.add(new Settled(applied, id, HoldStatus.RELEASED, 0));
                case HoldExpired(var id, _, _) ->
                        settled.add(new Settled(applied, id, HoldStatus.EXPIRED, 0));
                default -> {
                    // It is about no hold.
                }
            }
        }
        insert(statements, placed);
        settle(statements, settled);
    }

    private static void insert(Statements statements, List<Placed> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        statements.write(
                """
                insert into hold_view (hold_id, account_id, currency, amount_minor,
                    captured_minor, status, expires_at, reference, placed_at)
                select id, account, currency, amount, 0, 'OPEN',
                    timestamptz 'epoch' + expires * interval '1 microsecond', reference,
                    timestamptz 'epoch' + at * interval '1 microsecond'
                from unnest(?::uuid[], ?::uuid[], ?, ?, ?, ?, ?) as h (id, account, currency,
                    amount, expires, reference, at)""");
        statements.add("uuid", rows, r -> r.event.holdId().value());
        statements.add("uuid", rows, r -> r.applied.account().value());
        statements.add("text", rows, r -> r.event.amount().currency().code());
        statements.addLongs(rows, r -> r.event.amount().minorUnits());
        statements.addTimes(rows, r -> r.event.expiresAt());
        statements.add("text", rows, r -> r.event.reference());
        statements.addTimes(rows, r -> r.applied.at());
    }

    private static void settle(Statements statements, List<Settled> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        statements.write(
                """
                update hold_view v
                set status = h.status, captured_minor = h.captured,
                    settled_at = timestamptz 'epoch' + h.at * interval '1 microsecond'
                from unnest(?::uuid[], ?::uuid[], ?, ?, ?) as h (id, account, status, captured,
                    at)
                where v.hold_id = h.id and v.account_id = h.account and v.status = 'OPEN'""");
        statements.add("uuid", rows, s -> s.id.value());
        statements.add("uuid", rows, s -> s.applied.account().value());
        statements.add("text", rows, s -> s.status.name());
        statements.addLongs(rows, Settled::captured);
        statements.addTimes(rows, s -> s.applied.at());
        statements.expecting(
                rows.size(), () -> new IllegalStateException("there is no such open hold"));
    }
}
