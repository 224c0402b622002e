package banking.projection;

import banking.events.StreamId;
import banking.events.codec.EventCodec;
import banking.projection.Delivery.Illegible;
import banking.projection.Delivery.Legible;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Brings deliveries into a projection's views, inside somebody's transaction: each aggregate's next
 * version is applied, repeats are skipped, and all else is said to be dead.
 */
record Folding(Projection projection) {

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
        var connection = statements.connection();
        var round = new Round();
        // A pooled connection in a transaction keeps its own savepoints to itself.
        try (var sql = connection.createStatement()) {
            for (var delivery : deliveries) {
                sql.execute("SAVEPOINT before_event");
                try {
                    round.add(together(new Statements(connection), List.of(delivery)));
                } catch (FaultException e) {
                    sql.execute("ROLLBACK TO before_event");
                    round.dead(delivery, Reason.of(e));
                }
                sql.execute("RELEASE before_event");
            }
        }
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
            var fold = projection.open(statements, streams);
            for (var delivery : deliveries) {
                switch (delivery) {
                    case Illegible illegible -> round.dead(illegible, illegible.reason());
                    case Legible legible -> take(legible, fold, round);
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

    private static void take(Legible delivery, Projection.Fold fold, Round round) {
        long next = fold.version(delivery.stream()) + 1;
        long version = delivery.event().version();
        if (version < next) {
            return;
        }
        if (version > next) {
            round.gap(delivery, next);
            return;
        }
        try {
            fold.apply(EventCodec.STANDARD.read(delivery.event()), delivery.kafka().partition());
            round.applied(delivery);
        } catch (RuntimeException e) {
            round.dead(delivery, Reason.of(e));
        }
    }
}
