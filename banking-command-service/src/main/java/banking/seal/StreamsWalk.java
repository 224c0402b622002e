package banking.seal;

import banking.database.Transactions;
import banking.events.StreamId;
import banking.events.codec.ChainKeys;
import banking.journal.JournalWalk;
import banking.journal.JournalWalk.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Through all streams: whether each is whole, and stands where its events say. */
@ApplicationScoped
class StreamsWalk implements Walk {

    private static final int PAGE = 250;

    private final Transactions transactions;
    private final ChainKeys keys;

    StreamsWalk(Transactions transactions, ChainKeys keys) {
        this.transactions = transactions;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public String start() {
        return text(Place.START);
    }

    @Override
    public Turn goOn(String position, @Nullable Long until, int most) throws SQLException {
        var found = new LinkedHashMap<String, String>();
        long checked = 0;
        var place = parse(position);
        while (place != null && checked < most) {
            var from = place;
            var page = transactions.commit(s -> JournalWalk.page(s, keys, from, PAGE));
            page.broken().forEach((stream, why) -> found.put("stream " + stream, why));
            checked += page.checked();
            place = page.next();
        }
        return new Turn(found, place == null ? null : text(place), checked);
    }

    private static String text(Place place) {
        return place.stream() + ":" + place.version();
    }

    private static Place parse(String position) {
        var words = position.split(":", 2);
        return new Place(StreamId.fromString(words[0]), Long.parseLong(words[1]));
    }
}
