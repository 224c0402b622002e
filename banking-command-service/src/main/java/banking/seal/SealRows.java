package banking.seal;

import banking.database.Statements;
import banking.database.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Seals as the database has them. */
@ApplicationScoped
class SealRows {

    private static final String ALL = "select number, text, signature, leaves from seal ";

    private final Transactions transactions;

    SealRows(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What is signed of the last seal. */
    Optional<String> lastText() throws SQLException {
        return transactions.single(
                s ->
                        s.write("select text from seal order by number desc limit 1")
                                .find(row -> row.getString(1)));
    }

    Optional<String> text(long number) throws SQLException {
        return transactions.single(
                s ->
                        s.write("select text from seal where number = ?", number)
                                .find(row -> row.getString(1)));
    }

    /** What is signed of some seals, in their order. */
    List<String> texts(long above, int limit) throws SQLException {
        return transactions.single(
                s ->
                        s.write(
                                        """
                                        select text from seal where number > ?
                                        order by number limit ?""",
                                        above,
                                        limit)
                                .query(row -> row.getString(1)));
    }

    Optional<SignedSeal> one(long number) throws SQLException {
        return above(number - 1, 1).stream().filter(seal -> seal.number() == number).findFirst();
    }

    /** Behind which and until which the seals of a time are; none where there are none. */
    Optional<long[]> between(Instant from, Instant to) throws SQLException {
        var sql =
                """
                select min(number) - 1, max(number) from seal
                where sealed_at >= ? and sealed_at < ? having count(*) > 0""";
        return transactions.single(
                s ->
                        s.write(sql, utc(from), utc(to))
                                .find(row -> new long[] {row.getLong(1), row.getLong(2)}));
    }

    List<SignedSeal> above(long number, int limit) throws SQLException {
        return transactions.single(
                s ->
                        s.write(ALL + "where number > ? order by number limit ?", number, limit)
                                .query(SealRows::read));
    }

    /**
     * The first seal of a source since some time that has a leaf of this name; looks through all
     * that have come since, of which there may be many where nothing was sealed for long.
     */
    Optional<SignedSeal> with(String source, String leaf, Instant since) throws SQLException {
        var sql =
                ALL
                        + """
                        where sealed_at >= ? and source = ?
                            and strpos(chr(10) || leaves, chr(10) || ? || ' ') > 0
                        order by sealed_at limit 1""";
        return transactions.single(
                s -> s.write(sql, utc(since), source, leaf).find(SealRows::read));
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static SignedSeal read(ResultSet row) throws SQLException {
        return new SignedSeal(
                row.getLong("number"),
                row.getString("text"),
                row.getString("signature"),
                row.getString("leaves").lines().map(Leaf::parse).toList());
    }

    Optional<String> mark(String source) throws SQLException {
        return transactions.single(
                s ->
                        s.write("select mark from sealed_source where source = ?", source)
                                .find(row -> row.getString(1)));
    }

    /** Adds a seal and moves the mark of its source, for who has the turn. */
    void add(UUID owner, SignedSeal signed, Seal seal) throws SQLException {
        add(owner, signed, seal, true);
    }

    /**
     * @param moves whether the mark is one of this database
     */
    void add(UUID owner, SignedSeal signed, Seal seal, boolean moves) throws SQLException {
        transactions.commit(
                s -> {
                    requireTurn(s, owner);
                    var leaves = new StringBuilder();
                    signed.leaves().forEach(leaf -> leaves.append(leaf).append('\n'));
                    s.write(
                            """
                            insert into seal (number, sealed_at, source, text, signature, leaves)
                            values (?, ?, ?, ?, ?, ?)""",
                            seal.number(),
                            utc(seal.sealedAt()),
                            seal.source(),
                            signed.text(),
                            signed.signature(),
                            leaves.toString());
                    if (moves) {
                        move(s, seal.source(), seal.to());
                    }
                    return s.run();
                });
    }

    /** Moves the mark of a source that has nothing to seal before it. */
    void move(UUID owner, String source, String mark) throws SQLException {
        transactions.commit(
                s -> {
                    requireTurn(s, owner);
                    move(s, source, mark);
                    return s.run();
                });
    }

    private static void move(Statements statements, String source, String mark) {
        statements.write(
                """
                insert into sealed_source (source, mark) values (?, ?)
                on conflict on constraint source_is_sealed do update set mark = excluded.mark""",
                source,
                mark);
    }

    private static void requireTurn(Statements statements, UUID owner) throws SQLException {
        var sql = "select turn from sealing where owner = ? and leased_until > now() for update";
        if (statements.write(sql, owner).find(row -> row.getInt(1)).isEmpty()) {
            throw new IllegalStateException("another process seals by now");
        }
    }

    /** Whether it is this process's turn, or has become so. */
    boolean takeTurn(UUID owner, Duration lease) throws SQLException {
        var sql =
                """
                update sealing set owner = ?, leased_until = now() + make_interval(secs => ?)
                where turn = 0 and (owner = ? or leased_until < now()) returning turn""";
        var seconds = lease.toMillis() / 1e3;
        return transactions.single(
                s -> s.write(sql, owner, seconds, owner).find(row -> row.getInt(1)).isPresent());
    }

    /** All that there was a moment ago is sealed. */
    void sealedUntil(UUID owner, Instant asOf) throws SQLException {
        var sql = "update sealing set sealed_until = ? where owner = ?";
        transactions.single(s -> s.write(sql, utc(asOf), owner).run());
    }

    Instant sealedUntil() throws SQLException {
        return transactions.single(
                s ->
                        s.write("select sealed_until from sealing")
                                .find(row -> row.getObject(1, OffsetDateTime.class).toInstant())
                                .orElseThrow());
    }

    /** Lets others have the turn at once. */
    void giveTurnBack(UUID owner) throws SQLException {
        var sql = "update sealing set leased_until = '-infinity' where owner = ?";
        transactions.single(s -> s.write(sql, owner).run());
    }
}
