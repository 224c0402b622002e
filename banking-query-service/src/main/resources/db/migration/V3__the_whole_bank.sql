ALTER TABLE account_view
    ADD COLUMN customer_id uuid,
    ADD COLUMN held_minor  bigint NOT NULL DEFAULT 0;

CREATE INDEX account_view_customer ON account_view (customer_id, id) WHERE customer_id IS NOT NULL;

ALTER TABLE statement_line
    ADD COLUMN transfer_id     uuid,
    ADD COLUMN counterparty_id uuid;

-- For entries of a time over all accounts. Lines arrive in nearly the order of time, so a summary
-- of every 128 pages finds them; it is written when the table is vacuumed, not with each line:
-- 100,000 lines came to 230 bytes of WAL each with it, and to 224 without.
CREATE INDEX statement_line_time ON statement_line USING brin (occurred_at);

CREATE TABLE hold_view (
    hold_id        uuid        PRIMARY KEY,
    account_id     uuid        NOT NULL,
    currency       text        NOT NULL,
    amount_minor   bigint      NOT NULL,
    captured_minor bigint      NOT NULL,
    status         text        NOT NULL,
    expires_at     timestamptz NOT NULL,
    reference      text,
    placed_at      timestamptz NOT NULL,
    settled_at     timestamptz
);

CREATE INDEX hold_view_account ON hold_view (account_id, hold_id);
-- What the projection loads of an account: however many holds it had, it has few open ones.
CREATE INDEX hold_view_open ON hold_view (account_id) WHERE status = 'OPEN';

CREATE TABLE transfer_view (
    transfer_id  uuid        PRIMARY KEY,
    status       text        NOT NULL,
    from_account uuid        NOT NULL,
    to_account   uuid        NOT NULL,
    currency     text        NOT NULL,
    amount_minor bigint      NOT NULL,
    reference    text,
    reason       text,
    requested_at timestamptz NOT NULL,
    settled_at   timestamptz
) WITH (fillfactor = 80);

CREATE INDEX transfer_view_from ON transfer_view (from_account, transfer_id);
CREATE INDEX transfer_view_to ON transfer_view (to_account, transfer_id);

-- What the statements' lines add up to in double entry. A shard is a partition of the topic, so
-- that batches of different partitions never wait for one another's row.
CREATE TABLE ledger_total (
    shard          integer NOT NULL,
    currency       text    NOT NULL,
    ledger_account text    NOT NULL,
    debit_minor    numeric NOT NULL,
    credit_minor   numeric NOT NULL,
    PRIMARY KEY (shard, currency, ledger_account)
) WITH (fillfactor = 20);

-- The lines that are there already; which shard has them does not change the sum.
INSERT INTO ledger_total (shard, currency, ledger_account, debit_minor, credit_minor)
SELECT 0, l.currency, leg.ledger_account,
    coalesce(sum(l.amount_minor) FILTER (WHERE l.kind = leg.debited_by), 0),
    coalesce(sum(l.amount_minor) FILTER (WHERE l.kind <> leg.debited_by), 0)
FROM statement_line l
CROSS JOIN (VALUES ('CASH', 'DEPOSIT'), ('CUSTOMERS', 'WITHDRAWAL'))
    AS leg (ledger_account, debited_by)
GROUP BY l.currency, leg.ledger_account;

CREATE VIEW trial_balance AS
SELECT currency, ledger_account AS account, sum(debit_minor) AS debit_minor,
    sum(credit_minor) AS credit_minor
FROM ledger_total GROUP BY currency, ledger_account
UNION ALL
SELECT currency, 'SUBSIDIARIES', 0, sum(balance_minor)
FROM account_view GROUP BY currency;

CREATE TABLE customer_view (
    id            uuid        PRIMARY KEY,
    version       bigint      NOT NULL,
    name          text        NOT NULL,
    email         text        NOT NULL,
    email_domain  text        NOT NULL,
    registered_at timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL
);

CREATE INDEX customer_view_domain ON customer_view (email_domain, id);

-- A company's customers may be counted before the company registers; until then it has no name.
CREATE TABLE company_view (
    id             uuid    PRIMARY KEY,
    version        bigint  NOT NULL,
    name           text,
    email_domain   text    NOT NULL,
    customer_count integer NOT NULL
);

CREATE INDEX company_view_domain ON company_view (email_domain, id);

CREATE TABLE task_view (
    id           uuid        PRIMARY KEY,
    version      bigint      NOT NULL,
    name         text        NOT NULL,
    status       text        NOT NULL,
    customer_id  uuid,
    assignee_id  uuid,
    notified     boolean     NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL
);

CREATE INDEX task_view_customer ON task_view (customer_id, id);
CREATE INDEX task_view_assignee ON task_view (assignee_id, id);
CREATE INDEX task_view_status ON task_view (status, id);

CREATE TABLE task_comment (
    task_id      uuid        NOT NULL,
    number       integer     NOT NULL,
    version      bigint      NOT NULL,
    author       text        NOT NULL,
    text         text        NOT NULL,
    commented_at timestamptz NOT NULL,
    PRIMARY KEY (task_id, number)
);

CREATE TABLE employee_view (
    id            uuid        PRIMARY KEY,
    version       bigint      NOT NULL,
    name          text        NOT NULL,
    email         text        NOT NULL,
    registered_at timestamptz NOT NULL
);
