package banking.projection;

import banking.database.Statements;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.events.codec.EventCodec;
import banking.events.codec.RecordedEvent;
import banking.parking.Delivery;
import banking.parking.Delivery.Illegible;
import banking.parking.Delivery.Legible;
import banking.parking.Reason;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings deliveries into a projection's views, inside somebody's transaction: each aggregate's next
 * version is applied if it follows on what the views have seen, repeats are skipped, and all else
 * is said to be dead.
 */
record Folding(Projection projection, ChainKeys keys, CustomerKeys personal) {

    /**
     * @param statements may have some that wait; they are run first
     * @param oneByOne takes each delivery on its own, so that one that the views cannot take is
     *     dead instead of failing them all
     * @throws FaultException when together, and the projection failed over some event
     */
    Round take(Statements statements, List<Delivery> deliveries, boolean oneByOne)
            throws SQLException {
        if (!oneByOne) {
            return together(statements, deliveries);
        }
        statements.run();
        var round = new Round();
        for (var delivery : deliveries) {
            statements.write("SAVEPOINT before_event").run();
            try {
                round.add(together(statements, List.of(delivery)));
            } catch (FaultException e) {
                statements.forget();
                statements.write("ROLLBACK TO before_event");
                round.dead(delivery, Reason.of(e));
            }
            statements.write("RELEASE before_event");
        }
        statements.run();
        return round;
    }

    private Round together(Statements statements, List<Delivery> deliveries) throws SQLException {
        // In order, so that neighbours in the database are looked up one after the other.
        var streams = new TreeSet<>(Comparator.comparing(StreamId::value));
        for (var delivery : deliveries) {
            if (delivery instanceof Legible legible) {
                streams.add(legible.stream());
            }
        }
        var round = new Round();
        try {
            var opener = personal.opener(statements, deliveries);
            var fold = projection.open(statements, streams);
            for (var delivery : deliveries) {
                switch (delivery) {
                    case Illegible illegible -> round.dead(illegible, illegible.reason());
                    case Legible legible -> take(legible, opener, fold, round);
                }
            }
            fold.write(statements);
            statements.run();
        } catch (SQLException e) {
            throw FaultException.orInfrastructure(e);
        } catch (OffsetMovedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new FaultException(e);
        }
        return round;
    }

    private void take(
            Legible delivery, CustomerKeys.Opener opener, Projection.Fold fold, Round round) {
        var recorded = delivery.recorded();
        var seen = fold.seen(delivery.stream());
        long next = seen.version() + 1;
        var unfitting = unfitting(recorded, seen);
        if (unfitting != null) {
            round.unfitting(delivery, unfitting);
        } else if (recorded.version() > next) {
            round.gap(delivery, next);
        } else if (recorded.version() == next) {
            try {
                var envelope = EventCodec.STANDARD.read(opener.open(recorded.event()));
                fold.apply(envelope, recorded.hash(), delivery.kafka().partition());
                round.applied(delivery);
            } catch (RuntimeException e) {
                round.dead(delivery, Reason.of(e));
            }
        }
    }

    /**
     * Why the event is none that the journal has. Only who has the key can write one that is taken
     * in; of what was published once, one that comes again where it does not belong is none either.
     */
    private @Nullable String unfitting(RecordedEvent event, Projection.Seen seen) {
        if (!keys.isIntact(event)) {
            return "its hash is not that of what it says";
        }
        if (event.version() == seen.version() && !event.hash().equals(seen.hash())) {
            return "another event was taken in as version " + seen.version();
        }
        if (event.version() == seen.version() + 1 && !event.previous().equals(seen.hash())) {
            return "it follows on another event than on version " + seen.version() + " here";
        }
        return null;
    }
}
