-- What one side of a transfer has told and the other not yet: that the target was credited, or that
-- the source knows of it. The two are read from different partitions, in any order. Whichever comes
-- second takes the row of the first away, so a row stays for what is under way, or amiss. Each side
-- writes rows of its own, so that batches of different partitions never wait for one another: two
-- that meet at the same moment leave a row each, which amount to nothing.
CREATE TABLE loose_end (
    transfer_id  uuid        NOT NULL,
    account_id   uuid        NOT NULL,
    version      bigint      NOT NULL,
    told         text        NOT NULL,
    currency     text        NOT NULL,
    amount_minor bigint      NOT NULL,
    told_at      timestamptz NOT NULL,
    PRIMARY KEY (transfer_id, account_id, version)
) WITH (
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_threshold = -1,
    autovacuum_analyze_scale_factor = 0,
    autovacuum_analyze_threshold = 20000
);

INSERT INTO loose_end (transfer_id, account_id, version, told, currency, amount_minor, told_at)
SELECT l.transfer_id, l.account_id, l.version, 'RECEIVED', l.currency, l.amount_minor, l.occurred_at
FROM statement_line l LEFT JOIN transfer_view t ON t.transfer_id = l.transfer_id
WHERE l.kind = 'TRANSFER_IN' AND (t.status IS NULL OR t.status <> 'COMPLETED');

-- Which event completed them is not known any more; a transfer is completed once.
INSERT INTO loose_end (transfer_id, account_id, version, told, currency, amount_minor, told_at)
SELECT t.transfer_id, t.from_account, 0, 'COMPLETED', t.currency, t.amount_minor, t.settled_at
FROM transfer_view t
LEFT JOIN statement_line l ON l.kind = 'TRANSFER_IN' AND l.transfer_id = t.transfer_id
WHERE t.status = 'COMPLETED' AND l.transfer_id IS NULL;

CREATE INDEX transfer_view_open ON transfer_view (requested_at) WHERE status = 'REQUESTED';

-- What the transfers that have not ended come to, which is what is in transit. Of one that its
-- target has received and its source does not know to be completed, nothing is. One that was
-- received after it was refunded, or a second time, has ended: what it moved is amiss.
CREATE VIEW open_transfers AS
SELECT currency, amount_minor FROM transfer_view WHERE status = 'REQUESTED'
UNION ALL
SELECT currency, amount_minor FROM loose_end WHERE told = 'COMPLETED'
UNION ALL
(SELECT DISTINCT ON (r.transfer_id) r.currency, -r.amount_minor
 FROM loose_end r
 LEFT JOIN transfer_view t ON t.transfer_id = r.transfer_id
 LEFT JOIN loose_end c ON c.transfer_id = r.transfer_id AND c.told = 'COMPLETED'
 WHERE r.told = 'RECEIVED'
   AND (t.status IS NULL OR t.status = 'REQUESTED' OR c.transfer_id IS NOT NULL));

-- Since when transfers are under way, as far as either of their sides has told.
CREATE VIEW transfer_under_way AS
SELECT transfer_id, min(since) AS since
FROM (SELECT transfer_id, 'REQUESTED' AS told, requested_at AS since
      FROM transfer_view WHERE status = 'REQUESTED'
      UNION ALL
      SELECT transfer_id, told, told_at FROM loose_end) e
GROUP BY transfer_id
HAVING count(*) FILTER (WHERE told = 'RECEIVED') = 0
    OR count(*) FILTER (WHERE told = 'COMPLETED') = 0;

CREATE OR REPLACE VIEW trial_balance AS
SELECT currency, ledger_account AS account, sum(debit_minor) AS debit_minor,
    sum(credit_minor) AS credit_minor
FROM ledger_total GROUP BY currency, ledger_account
UNION ALL
SELECT currency, 'SUBSIDIARIES', 0, sum(balance_minor)
FROM account_view GROUP BY currency
UNION ALL
SELECT currency, 'OPEN_TRANSFERS', 0, sum(amount_minor)
FROM open_transfers GROUP BY currency;
