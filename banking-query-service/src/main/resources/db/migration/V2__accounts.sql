-- Room in the pages keeps updates beside the row they replace, away from the indexes.
CREATE TABLE account_view (
    id                    uuid        PRIMARY KEY,
    version               bigint      NOT NULL,
    status                text        NOT NULL,
    owner                 text        NOT NULL,
    currency              text        NOT NULL,
    balance_minor         bigint      NOT NULL,
    overdraft_limit_minor bigint      NOT NULL,
    opened_at             timestamptz NOT NULL,
    updated_at            timestamptz NOT NULL
) WITH (fillfactor = 70);

CREATE INDEX account_view_owner ON account_view (lower(owner), id);
CREATE INDEX account_view_status ON account_view (status, id);

-- No index by time: within an account time follows the versions, so instants are found by halving,
-- and a second index would double what it costs to add a line.
CREATE TABLE statement_line (
    account_id    uuid        NOT NULL,
    version       bigint      NOT NULL,
    kind          text        NOT NULL,
    currency      text        NOT NULL,
    amount_minor  bigint      NOT NULL,
    balance_minor bigint      NOT NULL,
    reference     text,
    occurred_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, version)
);
