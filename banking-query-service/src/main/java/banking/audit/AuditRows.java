package banking.audit;

import banking.audit.AuditChain.Link;
import banking.database.Statements;
import banking.events.codec.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** The table {@code audit_entry}, to which rows are only added. */
final class AuditRows {

    static final String COLUMNS =
            """
            chain, number, at, actor, roles, operation, kind, aggregate, status, code,
            correlation_id, address, reason, hash""";

    private AuditRows() {}

    /** Adds those that are not there from a try whose answer was lost. */
    static void add(Statements statements, List<Link> links) throws SQLException {
        statements
                .write(
                        """
                        insert into audit_entry ({columns})
                        select chain, number, timestamptz 'epoch' + at * interval '1 microsecond',
                            actor, roles, operation, kind, aggregate, status, code, correlation_id,
                            address, reason, hash
                        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as e ({columns})
                        on conflict do nothing"""
                                .replace("{columns}", COLUMNS))
                .add("uuid", links, Link::chain)
                .addLongs(links, Link::number)
                .addTimes(links, link -> link.entry().at())
                .add("text", links, link -> link.entry().actor())
                .add("text", links, link -> link.entry().roles())
                .add("text", links, link -> link.entry().operation())
                .add("text", links, link -> link.entry().kind())
                .add("uuid", links, link -> link.entry().aggregate())
                .add("int4", links, link -> link.entry().status())
                .add("text", links, link -> link.entry().code())
                .add("text", links, link -> link.entry().correlationId())
                .add("text", links, link -> link.entry().address())
                .add("text", links, link -> link.entry().reason())
                .add("bytea", links, link -> link.hash().toBytes());
    }

    static Link read(ResultSet row) throws SQLException {
        return new Link(
                row.getObject("chain", UUID.class),
                row.getLong("number"),
                new AuditEntry(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("actor"),
                        row.getString("roles"),
                        row.getString("operation"),
                        row.getString("kind"),
                        row.getObject("aggregate", UUID.class),
                        row.getInt("status"),
                        row.getString("code"),
                        row.getString("correlation_id"),
                        row.getString("address"),
                        row.getString("reason")),
                Sha256.ofBytes(row.getBytes("hash")));
    }
}
