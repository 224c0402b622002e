-- The shape of the bank's own tables, for one transaction per command.
create table account (
    id      integer not null primary key,
    version bigint  not null,
    state   text    not null
) with (fillfactor = 70);

create table event (
    account_id  integer     not null,
    version     bigint      not null,
    type        text        not null,
    payload     text        not null,
    command_id  uuid        not null,
    occurred_at timestamptz not null,
    primary key (account_id, version)
);

create table outbox (
    position   bigint generated always as identity primary key,
    account_id integer not null,
    version    bigint  not null
);

insert into account
select id, 1, '{"state":"Open","owner":"Alice","balance":{"minorUnits": 0,"currency":"EUR"},"overdraftLimit":{"minorUnits": 0,"currency":"EUR"}}'
from generate_series(1, 100000) id;
